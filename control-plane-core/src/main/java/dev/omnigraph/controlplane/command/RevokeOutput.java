package dev.omnigraph.controlplane.command;

import dev.omnigraph.controlplane.diagnostic.Diagnostic;
import dev.omnigraph.controlplane.json.JsonObject;
import java.util.List;
import java.util.Optional;

/**
 * What taking back a decision answers.
 *
 * @param revoked the decision as it is now; empty where it was not taken back
 */
public record RevokeOutput(Optional<ApprovalView> revoked, List<Diagnostic> diagnostics) implements CommandOutput {

    @Override
    public JsonObject toJson() {
        JsonObject.Builder json = JsonObject.builder().put("ok", ok());
        revoked.ifPresent(approval -> json.put("approval", approval.toJson()));
        return json.put("diagnostics", OutputParts.diagnostics(diagnostics)).build();
    }
}
