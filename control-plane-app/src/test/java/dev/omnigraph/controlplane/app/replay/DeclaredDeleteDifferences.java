package dev.omnigraph.controlplane.app.replay;

import dev.omnigraph.controlplane.json.JsonArray;
import dev.omnigraph.controlplane.json.JsonBoolean;
import dev.omnigraph.controlplane.json.JsonNull;
import dev.omnigraph.controlplane.json.JsonNumber;
import dev.omnigraph.controlplane.json.JsonObject;
import dev.omnigraph.controlplane.json.JsonString;
import dev.omnigraph.controlplane.json.JsonValue;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;

/** Where deletes, approvals and the sweep of deletes are deliberately not as the recording, row by row. */
final class DeclaredDeleteDifferences {

    private static final String FOREIGN_SIDECAR = "${CLUSTER}/__cluster/recoveries/${ULID:3}.json";

    /** The sidecar of a delete that was gone when the recording looked. */
    private static final String UNRECORDED_SIDECAR = "${ULID:9000}";

    /** I7: the delete goes on under the sidecar that it was interrupted under. */
    private static final Map<String, String> RESUMED_SIDECARS = Map.of("crash-before-delete", "${ULID:5}");

    static final Map<String, UnaryOperator<JsonObject>> OUTPUTS = Map.of(
            // I11: plan says what the sweep will say of the interrupted delete.
            "crash-before-delete[7]", output -> withSweepFinding(output, "graph_delete_incomplete", "graph.scratch"),
            "matrix-schema-gone[5]", DeclaredDeleteDifferences::planBesideUndecidedApply,
            "matrix-delete[5]", output -> withSweepFinding(output, "graph_delete_incomplete", "graph.scratch"),
            "matrix-delete[10]", output -> withSweepFinding(output, "graph_delete_incomplete", "graph.scratch"),
            // I11: plan rolls the completed delete forward and plans from there.
            "crash-after-delete[7]", DeclaredDeleteDifferences::planAfterCompletedDelete,
            // I3: a sidecar about a graph elsewhere is reported and decides nothing, so there is nothing to do.
            "sidecar-foreign[5]", output -> withSweepFinding(output, "recovery_sidecar_foreign", FOREIGN_SIDECAR),
            "sidecar-foreign[6]", DeclaredDeleteDifferences::applyBesideForeignSidecar,
            "sidecar-foreign[7]", output -> recorded("sidecar-foreign", 4).output());

    private DeclaredDeleteDifferences() {}

    static JsonObject controlFiles(String scenario, int step, JsonObject recorded) {
        if (scenario.equals("sidecar-foreign") && step > 5) {
            return recorded("sidecar-foreign", 5).controlFiles(); // I3
        }
        return withNamedConsumptions(scenario, recorded);
    }

    /** I6: the operation that used an approval is named by its sidecar, in the ledger and in the approval's file. */
    private static JsonObject withNamedConsumptions(String scenario, JsonObject recorded) {
        String sidecar = RESUMED_SIDECARS.getOrDefault(scenario, UNRECORDED_SIDECAR);
        Map<String, JsonValue> files = new LinkedHashMap<>(recorded.members());
        if (!(files.get("__cluster/state.json") instanceof JsonObject ledger)
                || !(ledger.get("approval_records").orElse(JsonNull.INSTANCE) instanceof JsonObject records)) {
            return recorded;
        }
        Map<String, JsonValue> named = new LinkedHashMap<>(records.members());
        named.replaceAll((approval, record) -> member(record, "consumed_by_operation")
                        .equals(Optional.of(new JsonString("apply")))
                ? DeclaredDifferences.with((JsonObject) record, "consumed_by_operation", new JsonString(sidecar))
                : record);
        files.put(
                "__cluster/state.json", DeclaredDifferences.with(ledger, "approval_records", JsonObject.copyOf(named)));
        named.forEach((approval, record) -> files.computeIfPresent(
                "__cluster/approvals/" + approval + ".json",
                (path, artifact) -> DeclaredDifferences.with(
                        (JsonObject) artifact,
                        "consumed_by_operation",
                        member(record, "consumed_by_operation").orElseThrow())));
        return JsonObject.copyOf(files);
    }

    private static Optional<JsonValue> member(JsonValue object, String name) {
        return ((JsonObject) object).get(name);
    }

    private static JsonObject planAfterCompletedDelete(JsonObject output) {
        List<JsonValue> changes = DeclaredDifferences.elements(output, "changes").stream()
                .filter(change -> DeclaredDifferences.isAbout(change, "policy.base"))
                .toList();
        JsonObject planned = DeclaredDifferences.with(output, "changes", new JsonArray(changes));
        return withSweepFinding(
                DeclaredDifferences.with(planned, "approvals_required", new JsonArray(List.of())),
                "cluster_recovery_rolled_forward",
                "graph.scratch");
    }

    /** I11: plan blocks what apply will block, and says why. */
    private static JsonObject planBesideUndecidedApply(JsonObject output) {
        JsonObject applied = recorded("matrix-schema-gone", 6).output();
        JsonObject planned = DeclaredDifferences.with(
                output, "changes", applied.get("changes").orElseThrow());
        return withSweepFinding(planned, "cluster_recovery_pending", "graph.scratch");
    }

    private static JsonObject applyBesideForeignSidecar(JsonObject output) {
        JsonObject quiet = DeclaredDifferences.with(output, "ok", new JsonBoolean(true));
        quiet = DeclaredDifferences.with(quiet, "changes", new JsonArray(List.of()));
        quiet = DeclaredDifferences.with(quiet, "deferred_count", new JsonNumber("0"));
        quiet = DeclaredDifferences.with(quiet, "converged", new JsonBoolean(true));
        quiet = DeclaredDifferences.with(quiet, "state_written", new JsonBoolean(false));
        JsonObject before = recorded("sidecar-foreign", 4).output();
        JsonObject seen = (JsonObject) output.get("state_observations").orElseThrow();
        seen = DeclaredDifferences.with(seen, "state_revision", new JsonNumber("2"));
        seen = DeclaredDifferences.with(
                seen,
                "resource_count",
                member(before.get("state_observations").orElseThrow(), "resource_count")
                        .orElseThrow());
        quiet = DeclaredDifferences.with(quiet, "state_observations", seen);
        quiet = DeclaredDifferences.with(
                quiet, "resource_statuses", before.get("resource_statuses").orElseThrow());
        return DeclaredDifferences.with(
                quiet,
                "diagnostics",
                new JsonArray(List.of(
                        DeclaredDifferences.diagnostic("recovery_sidecar_foreign", "warning", FOREIGN_SIDECAR))));
    }

    private static JsonObject withSweepFinding(JsonObject output, String code, String path) {
        return DeclaredDifferences.withDiagnostic(output, DeclaredDifferences.diagnostic(code, "warning", path));
    }

    private static RecordedScenario.Step recorded(String scenario, int step) {
        return RecordedScenario.read(scenario).steps().get(step);
    }
}
