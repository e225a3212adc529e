package dev.omnigraph.controlplane.command;

import dev.omnigraph.controlplane.diagnostic.Diagnostic;
import dev.omnigraph.controlplane.json.JsonObject;
import dev.omnigraph.controlplane.session.StateObservations;
import java.util.List;

/**
 * What refresh and import answer.
 *
 * @param operation {@code refresh} or {@code import}
 * @param digests by address: of the ledger, or of the desired state where the command did not come so far
 */
public record ObserveOutput(
        String operation,
        String configDir,
        StateObservations observations,
        JsonObject digests,
        JsonObject statuses,
        JsonObject graphObservations,
        List<Diagnostic> diagnostics)
        implements CommandOutput {

    @Override
    public JsonObject toJson() {
        return JsonObject.builder()
                .put("ok", ok())
                .put("operation", operation)
                .put("config_dir", configDir)
                .put("state_observations", observations.toJson())
                .put("resource_digests", digests)
                .put("resource_statuses", statuses)
                .put("observations", graphObservations)
                .put("diagnostics", OutputParts.diagnostics(diagnostics))
                .build();
    }
}
