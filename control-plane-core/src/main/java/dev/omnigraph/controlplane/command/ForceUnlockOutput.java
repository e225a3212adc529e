package dev.omnigraph.controlplane.command;

import dev.omnigraph.controlplane.diagnostic.Diagnostic;
import dev.omnigraph.controlplane.json.JsonObject;
import dev.omnigraph.controlplane.session.StateObservations;
import java.util.List;

/** What force-unlock answers. */
public record ForceUnlockOutput(
        String configDir, StateObservations observations, boolean lockRemoved, List<Diagnostic> diagnostics)
        implements CommandOutput {

    @Override
    public JsonObject toJson() {
        return JsonObject.builder()
                .put("ok", ok())
                .put("config_dir", configDir)
                .put("state_observations", observations.toJson())
                .put("lock_removed", lockRemoved)
                .put("diagnostics", OutputParts.diagnostics(diagnostics))
                .build();
    }
}
