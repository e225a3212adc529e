package dev.omnigraph.controlplane.app.replay;

import dev.omnigraph.controlplane.json.JsonArray;
import dev.omnigraph.controlplane.json.JsonBoolean;
import dev.omnigraph.controlplane.json.JsonNumber;
import dev.omnigraph.controlplane.json.JsonObject;
import dev.omnigraph.controlplane.json.JsonString;
import dev.omnigraph.controlplane.json.JsonValue;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;

/**
 * I2: a recovery record that cannot be read may be about any graph, so none is moved while it is there, where the engine's
 * own tool passes over it. What is recorded of the run before it is still true after it.
 */
final class DeclaredSidecarDifferences {

    static final Map<String, UnaryOperator<JsonObject>> OUTPUTS = Map.of(
            "sidecar-malformed[5]", DeclaredSidecarDifferences::blockedPlan,
            "sidecar-malformed[6]", DeclaredSidecarDifferences::applyThatMovesNothing,
            "sidecar-malformed[7]", DeclaredSidecarDifferences::refreshOfWhatDidNotMove,
            "sidecar-malformed[8]", DeclaredSidecarDifferences::planAfterTheRefresh);

    private static final String SCENARIO = "sidecar-malformed";
    private static final String LEDGER = "__cluster/state.json";
    /** Where the recording has the records that cannot be read. */
    private static final List<String> UNREADABLE = IntStream.rangeClosed(3, 6)
            .mapToObj(id -> "${CLUSTER}/__cluster/recoveries/${ULID:" + id + "}.json")
            .toList();

    private static final List<String> DRIFTED = List.of("graph.people", "schema.people");

    private DeclaredSidecarDifferences() {}

    static JsonObject controlFiles(String scenario, int step, JsonObject recorded) {
        if (!scenario.equals(SCENARIO) || step < 6) {
            return recorded;
        }
        JsonObject before = step(5).controlFiles();
        return step == 6 ? before : DeclaredDifferences.with(before, LEDGER, refreshedLedger(before));
    }

    private static JsonValue refreshedLedger(JsonObject before) {
        JsonObject ledger = (JsonObject) before.get(LEDGER).orElseThrow();
        return with(
                with(
                        with(ledger, "state_revision", new JsonNumber("3")),
                        "resource_statuses",
                        drifted(member(ledger, "resource_statuses"))),
                "observations",
                observationOfTheOldSchema());
    }

    private static JsonObject blockedPlan(JsonObject plan) {
        List<JsonValue> changes = DeclaredDifferences.elements(plan, "changes").stream()
                .map(DeclaredSidecarDifferences::blockedIfApplied)
                .toList();
        List<JsonValue> diagnostics = new ArrayList<>(DeclaredDifferences.elements(plan, "diagnostics"));
        diagnostics.addAll(unreadable());
        return with(
                with(with(plan, "ok", new JsonBoolean(false)), "changes", new JsonArray(changes)),
                "diagnostics",
                new JsonArray(diagnostics));
    }

    private static JsonValue blockedIfApplied(JsonValue change) {
        return ((JsonObject) change).get("disposition").equals(Optional.of(new JsonString("applied")))
                ? DeclaredDifferences.blocked((JsonObject) change, "cluster_recovery_pending")
                : change;
    }

    private static JsonObject applyThatMovesNothing(JsonObject apply) {
        List<JsonValue> changes = DeclaredDifferences.elements(apply, "changes").stream()
                .map(DeclaredSidecarDifferences::blockedIfApplied)
                .toList();
        List<JsonValue> diagnostics = new ArrayList<>(unreadable());
        changes.stream()
                .filter(change -> !DeclaredDifferences.isAbout(change, "graph.people"))
                .map(change -> ((JsonString) member((JsonObject) change, "resource")).value())
                .map(resource -> DeclaredDifferences.diagnostic("apply_dependency_blocked", "warning", resource))
                .forEach(diagnostics::add);
        JsonObject unmoved = with(apply, "state_observations", observedBefore(apply, "2"));
        unmoved = with(with(unmoved, "ok", new JsonBoolean(false)), "changes", new JsonArray(changes));
        unmoved = with(with(unmoved, "applied_count", new JsonNumber("0")), "deferred_count", new JsonNumber("3"));
        unmoved = with(with(unmoved, "converged", new JsonBoolean(false)), "state_written", new JsonBoolean(false));
        return with(unmoved, "diagnostics", new JsonArray(diagnostics));
    }

    private static JsonObject refreshOfWhatDidNotMove(JsonObject refresh) {
        JsonObject unmoved = with(refresh, "state_observations", observedBefore(refresh, "3"));
        unmoved = with(with(unmoved, "ok", new JsonBoolean(false)), "observations", observationOfTheOldSchema());
        unmoved = with(unmoved, "resource_digests", member(step(4).output(), "resource_digests"));
        unmoved = with(unmoved, "resource_statuses", drifted(member(unmoved, "resource_statuses")));
        return with(unmoved, "diagnostics", new JsonArray(unreadable()));
    }

    private static JsonObject planAfterTheRefresh(JsonObject plan) {
        return with(blockedPlan(step(5).output()), "state_observations", observedBefore(plan, "3"));
    }

    /** What a command saw of the ledger, which still is of the configuration before. */
    private static JsonValue observedBefore(JsonObject output, String revision) {
        JsonObject before = (JsonObject) member(step(4).output(), "state_observations");
        return with(
                with(
                        (JsonObject) member(output, "state_observations"),
                        "applied_config_digest",
                        member(before, "applied_config_digest")),
                "state_revision",
                new JsonNumber(revision));
    }

    private static JsonValue drifted(JsonValue statuses) {
        Map<String, JsonValue> members = new LinkedHashMap<>(((JsonObject) statuses).members());
        DRIFTED.forEach(resource -> members.replace(
                resource,
                JsonObject.builder()
                        .put("status", "drifted")
                        .put("conditions", JsonArray.ofStrings(List.of("schema_mismatch")))
                        .put("message", "${TEXT}")
                        .build()));
        return JsonObject.copyOf(members);
    }

    /** As the recorded refresh saw the graph, but with the schema and the version that the recorded apply moved it from. */
    private static JsonValue observationOfTheOldSchema() {
        JsonObject observations = (JsonObject) member(step(7).output(), "observations");
        JsonObject graph = (JsonObject) member(observations, "graph.people");
        JsonObject digests = (JsonObject) member(step(4).output(), "resource_digests");
        graph = with(
                with(graph, "manifest_version", new JsonNumber("3")), "schema_matches_desired", new JsonBoolean(false));
        return with(observations, "graph.people", with(graph, "schema_digest", member(digests, "schema.people")));
    }

    private static List<JsonValue> unreadable() {
        return UNREADABLE.stream()
                .<JsonValue>map(file -> DeclaredDifferences.diagnostic("recovery_sidecar_unreadable", "error", file))
                .toList();
    }

    private static JsonObject with(JsonObject object, String name, JsonValue value) {
        return DeclaredDifferences.with(object, name, value);
    }

    private static JsonValue member(JsonObject object, String name) {
        return object.get(name).orElseThrow();
    }

    private static RecordedScenario.Step step(int index) {
        return RecordedScenario.read(SCENARIO).steps().get(index);
    }
}
