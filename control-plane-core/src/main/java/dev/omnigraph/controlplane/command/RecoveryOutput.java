package dev.omnigraph.controlplane.command;

import dev.omnigraph.controlplane.diagnostic.Diagnostic;
import dev.omnigraph.controlplane.json.JsonObject;
import java.util.List;

/** What discarding or setting aside a recovery record answers. */
public record RecoveryOutput(String recoveryId, List<Diagnostic> diagnostics) implements CommandOutput {

    @Override
    public JsonObject toJson() {
        return JsonObject.builder()
                .put("ok", ok())
                .put("recovery_id", recoveryId)
                .put("diagnostics", OutputParts.diagnostics(diagnostics))
                .build();
    }
}
