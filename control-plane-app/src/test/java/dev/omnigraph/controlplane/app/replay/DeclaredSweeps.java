package dev.omnigraph.controlplane.app.replay;

import dev.omnigraph.controlplane.json.JsonArray;
import dev.omnigraph.controlplane.json.JsonBoolean;
import dev.omnigraph.controlplane.json.JsonObject;
import dev.omnigraph.controlplane.json.JsonString;
import dev.omnigraph.controlplane.json.JsonValue;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;

/** I11: a plan sweeps as the apply after it does, so it says what that apply was recorded to say. */
final class DeclaredSweeps {

    static final Map<String, UnaryOperator<JsonObject>> OUTPUTS = Map.of(
            "matrix-pending-dependants[8]", plan -> asApplied(plan, "matrix-pending-dependants", 9),
            "matrix-third-digest[6]", plan -> asApplied(plan, "matrix-third-digest", 7),
            "matrix-undeclared[6]", plan -> withGate(asApplied(plan, "matrix-undeclared", 7), "graph.scratch"));

    /** What an apply says of its own, beside what its sweep found. */
    private static final String OF_APPLY = "apply_dependency_blocked";

    private DeclaredSweeps() {}

    private static JsonObject asApplied(JsonObject plan, String scenario, int step) {
        JsonObject apply = RecordedScenario.read(scenario).steps().get(step).output();
        List<JsonValue> diagnostics = new ArrayList<>(DeclaredDifferences.elements(plan, "diagnostics"));
        DeclaredDifferences.elements(apply, "diagnostics").stream()
                .filter(finding -> !((JsonObject) finding).get("code").equals(Optional.of(new JsonString(OF_APPLY))))
                .forEach(diagnostics::add);
        JsonObject planned =
                DeclaredDifferences.with(plan, "changes", apply.get("changes").orElseThrow());
        return DeclaredDifferences.with(
                DeclaredDifferences.with(planned, "diagnostics", new JsonArray(diagnostics)),
                "ok",
                apply.get("ok").orElseThrow());
    }

    private static JsonObject withGate(JsonObject plan, String resource) {
        JsonObject gate = JsonObject.builder()
                .put("resource", resource)
                .put("reason", "${TEXT}")
                .put("satisfied", new JsonBoolean(false))
                .build();
        return DeclaredDifferences.with(plan, "approvals_required", new JsonArray(List.of(gate)));
    }
}
