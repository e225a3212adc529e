package dev.omnigraph.controlplane.command;

import dev.omnigraph.controlplane.diagnostic.Diagnostic;
import dev.omnigraph.controlplane.json.JsonArray;
import dev.omnigraph.controlplane.json.JsonObject;
import dev.omnigraph.controlplane.ledger.Ledger;
import dev.omnigraph.controlplane.ledger.LedgerDocument;
import dev.omnigraph.controlplane.session.StateObservations;
import java.util.List;

/**
 * What status answers.
 *
 * @param ledger empty where there is none or it was not read
 * @param approvals decisions that still count for something, newest first
 * @param trash the recovery ids under which graphs lie aside, on their way out
 */
public record StatusOutput(
        String configDir,
        StateObservations observations,
        Ledger ledger,
        List<OpenApproval> approvals,
        List<String> trash,
        List<Diagnostic> diagnostics)
        implements CommandOutput {

    @Override
    public JsonObject toJson() {
        return JsonObject.builder()
                .put("ok", ok())
                .put("config_dir", configDir)
                .put("state_observations", observations.toJson())
                .put("resource_digests", LedgerDocument.digests(ledger))
                .put("resource_statuses", LedgerDocument.statuses(ledger.statuses()))
                .put("observations", JsonObject.copyOf(ledger.observations()))
                .put(
                        "approvals",
                        JsonArray.of(
                                approvals.stream().map(OpenApproval::toJson).toList()))
                .put("trash", JsonArray.ofStrings(trash))
                .put("diagnostics", OutputParts.diagnostics(diagnostics))
                .build();
    }
}
