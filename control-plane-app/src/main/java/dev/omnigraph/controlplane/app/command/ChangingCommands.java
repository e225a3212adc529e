package dev.omnigraph.controlplane.app.command;

import dev.omnigraph.controlplane.app.operation.OperationWork;
import dev.omnigraph.controlplane.apply.ApplyRequest;
import dev.omnigraph.controlplane.command.ApplyOutput;
import dev.omnigraph.controlplane.command.ApprovalRequest;
import dev.omnigraph.controlplane.command.ClusterService;
import dev.omnigraph.controlplane.command.CommandOutput;
import dev.omnigraph.controlplane.command.ObserveOutput;
import dev.omnigraph.controlplane.config.DesiredCluster;
import dev.omnigraph.controlplane.desired.ConfigurationName;
import dev.omnigraph.controlplane.diagnostic.Diagnostic;
import dev.omnigraph.controlplane.diagnostic.DiagnosticCode;
import dev.omnigraph.controlplane.json.JsonObject;
import dev.omnigraph.controlplane.ledger.SidecarStore;
import dev.omnigraph.controlplane.retention.RetentionPeriods;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/** The commands that change things, each as work that an operation can do later. */
public final class ChangingCommands {

    private final ClusterService cluster;
    private final SidecarStore sidecars;
    private final RetentionPeriods periods;

    public ChangingCommands(ClusterService cluster, SidecarStore sidecars, RetentionPeriods periods) {
        this.cluster = cluster;
        this.sidecars = sidecars;
        this.periods = periods;
    }

    /** Makes the cluster what the configuration declares. */
    public OperationWork apply(PinnedConfiguration configuration, ApplyRequest request) {
        return work(
                ChangingCommand.APPLY,
                configuration,
                tracker -> result(cluster.apply(configuration.load(), request, tracker)));
    }

    /**
     * Looks at live graphs and catalog copies again.
     *
     * @param acceptMissing graphs whose loss is accepted even where every recorded graph is gone
     */
    public OperationWork refresh(PinnedConfiguration configuration, Set<String> acceptMissing) {
        return work(
                ChangingCommand.REFRESH,
                configuration,
                tracker -> result(cluster.refresh(configuration.load(), acceptMissing, tracker), tracker));
    }

    /**
     * Creates the first ledger.
     *
     * @param ifMissing whether a ledger that exists already is success
     */
    public OperationWork importLedger(PinnedConfiguration configuration, boolean ifMissing) {
        return work(ChangingCommand.IMPORT, configuration, tracker -> {
            ObserveOutput output = cluster.importLedger(configuration.load(), tracker);
            return ifMissing && existsAlready(output) ? nothingToCreate(output, tracker) : created(output, tracker);
        });
    }

    /** Records a decision about a change that needs one. */
    public OperationWork approve(PinnedConfiguration configuration, ApprovalRequest request) {
        return work(
                ChangingCommand.APPROVE,
                configuration,
                tracker -> result(cluster.approve(configuration.load(), request, tracker)));
    }

    /** Takes back a decision that was not used. */
    public OperationWork revoke(String approvalId, Optional<String> actor, Optional<String> reason) {
        return work(ChangingCommand.REVOKE, tracker -> result(cluster.revoke(approvalId, actor, reason, tracker)));
    }

    /** Removes the part of a graph that a create of this service left. */
    public OperationWork discard(String sidecar, String objectsDigest) {
        return work(ChangingCommand.DISCARD, tracker -> result(cluster.discard(sidecar, objectsDigest, tracker)));
    }

    /** Sets a recovery record aside that nothing can resolve. */
    public OperationWork quarantine(String sidecar, Optional<String> actor, String reason) {
        return work(ChangingCommand.QUARANTINE, tracker -> result(cluster.quarantine(sidecar, actor, reason, tracker)));
    }

    /** Removes what is kept for a time only and nobody needs any more. */
    public OperationWork retention() {
        return work(ChangingCommand.RETENTION, tracker -> result(cluster.retention(periods, tracker)));
    }

    private OperationWork work(ChangingCommand command, Function<RunTracker, CommandResult> run) {
        return new CommandWork(command.wire(), Optional.empty(), Optional.empty(), sidecars, run);
    }

    private static CommandResult result(CommandOutput output) {
        return new CommandResult(
                output.ok(), Optional.empty(), output.ok(), Optional.empty(), output.diagnostics(), output.toJson());
    }

    private OperationWork work(
            ChangingCommand command, PinnedConfiguration configuration, Function<RunTracker, CommandResult> run) {
        return new CommandWork(
                command.wire(),
                configuration.stored().map(ConfigurationName::text),
                configuration.load().desired().map(DesiredCluster::configDigest),
                sidecars,
                run);
    }

    private static CommandResult result(ApplyOutput output) {
        List<Diagnostic> diagnostics = new ArrayList<>(output.diagnostics());
        if (output.result().planMoved()) {
            diagnostics.add(Diagnostic.of(
                    DiagnosticCode.PLAN_CHANGED,
                    "plan",
                    "the plan or the ledger is not the one the request named; nothing was changed"));
        }
        return new CommandResult(
                output.ok(),
                Optional.of(output.converged()),
                output.result().appliedCount() > 0,
                output.observations().cas(),
                diagnostics,
                output.toJson());
    }

    private static CommandResult result(ObserveOutput output, RunTracker tracker) {
        return new CommandResult(
                output.ok(),
                Optional.empty(),
                !output.observations().cas().equals(tracker.stateCasBefore()),
                output.observations().cas(),
                output.diagnostics(),
                output.toJson());
    }

    private static CommandResult created(ObserveOutput output, RunTracker tracker) {
        return withCreated(result(output, tracker), output.ok());
    }

    private static boolean existsAlready(ObserveOutput output) {
        return output.diagnostics().stream()
                        .filter(Diagnostic::isError)
                        .allMatch(error -> error.code() == DiagnosticCode.STATE_ALREADY_EXISTS)
                && !output.ok();
    }

    /** The request asked for a ledger to be there, and it is. */
    private static CommandResult nothingToCreate(ObserveOutput output, RunTracker tracker) {
        ObserveOutput satisfied = new ObserveOutput(
                output.operation(),
                output.configDir(),
                output.observations(),
                output.digests(),
                output.statuses(),
                output.graphObservations(),
                output.diagnostics().stream()
                        .filter(finding -> !finding.isError())
                        .toList());
        return withCreated(result(satisfied, tracker), false);
    }

    private static CommandResult withCreated(CommandResult result, boolean created) {
        JsonObject.Builder json = JsonObject.builder();
        result.json().members().forEach(json::put);
        return new CommandResult(
                result.ok(),
                result.converged(),
                result.moved(),
                result.stateCas(),
                result.diagnostics(),
                json.put("created", created).build());
    }
}
