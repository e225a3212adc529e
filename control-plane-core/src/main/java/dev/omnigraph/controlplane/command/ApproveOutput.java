package dev.omnigraph.controlplane.command;

import dev.omnigraph.controlplane.approval.ApprovalRecord;
import dev.omnigraph.controlplane.diagnostic.Diagnostic;
import dev.omnigraph.controlplane.json.JsonObject;
import dev.omnigraph.controlplane.ledger.Approval;
import java.util.List;
import java.util.Optional;

/**
 * What deciding about a change answers (control-plane.md 7.5).
 *
 * @param decided empty where nothing was decided
 */
public record ApproveOutput(String configDir, Optional<ApprovalRecord> decided, List<Diagnostic> diagnostics)
        implements CommandOutput {

    @Override
    public JsonObject toJson() {
        JsonObject.Builder json = JsonObject.builder().put("ok", ok()).put("config_dir", configDir);
        decided.ifPresent(record -> {
            Approval bound = record.bound();
            json.put("approval_id", bound.approvalId())
                    .put("resource", bound.resource())
                    .put("operation", bound.operation())
                    .put("approved_by", bound.approvedBy());
            ApprovalView.addDecision(record, json);
        });
        return json.put("diagnostics", OutputParts.diagnostics(diagnostics)).build();
    }
}
