package dev.omnigraph.controlplane.command;

import dev.omnigraph.controlplane.apply.ApplyResult;
import dev.omnigraph.controlplane.diagnostic.Diagnostic;
import dev.omnigraph.controlplane.json.JsonArray;
import dev.omnigraph.controlplane.json.JsonObject;
import dev.omnigraph.controlplane.ledger.LedgerDocument;
import dev.omnigraph.controlplane.plan.Change;
import dev.omnigraph.controlplane.session.StateObservations;
import java.util.List;
import java.util.Optional;

/**
 * What apply answers.
 *
 * @param configDigest empty where the configuration could not be read
 */
public record ApplyOutput(
        String configDir,
        Optional<String> actor,
        Optional<String> configDigest,
        StateObservations observations,
        ApplyResult result,
        List<Diagnostic> diagnostics)
        implements CommandOutput {

    @Override
    public boolean ok() {
        return CommandOutput.super.ok() && !result.planMoved();
    }

    public boolean converged() {
        return result.converged();
    }

    @Override
    public JsonObject toJson() {
        return JsonObject.builder()
                .put("ok", ok())
                .put("config_dir", configDir)
                .putIfPresent("actor", actor)
                .put("desired_revision", OutputParts.desiredRevision(configDigest))
                .put("state_observations", observations.toJson())
                .put(
                        "changes",
                        JsonArray.of(
                                result.changes().stream().map(Change::toJson).toList()))
                .put("applied_count", result.appliedCount())
                .put("deferred_count", result.deferredCount())
                .put("converged", converged())
                .put("state_written", result.stateWritten())
                .put("resource_statuses", LedgerDocument.statuses(result.statuses()))
                .put("diagnostics", OutputParts.diagnostics(diagnostics))
                .build();
    }
}
