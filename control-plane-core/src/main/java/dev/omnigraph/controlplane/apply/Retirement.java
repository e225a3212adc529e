package dev.omnigraph.controlplane.apply;

import dev.omnigraph.controlplane.approval.ApprovalStore;
import dev.omnigraph.controlplane.approval.ConsumptionMarks;
import dev.omnigraph.controlplane.diagnostic.DiagnosticCode;
import dev.omnigraph.controlplane.fault.FaultPoint;
import dev.omnigraph.controlplane.ledger.ControlKeys;
import dev.omnigraph.controlplane.ledger.Ledger;
import dev.omnigraph.controlplane.ledger.Sidecar;
import dev.omnigraph.controlplane.ledger.SidecarStore;
import dev.omnigraph.controlplane.session.ClusterContext;
import dev.omnigraph.controlplane.session.CommandReport;
import dev.omnigraph.controlplane.storage.DeleteOutcome;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * Retires sidecars whose outcome is recorded, several at a time. The approvals that they used are marked before: a sidecar
 * that is gone tells that both are done (I7). A sidecar that stays is looked at by the next command, which finds its
 * outcome recorded.
 */
public final class Retirement {

    private final ClusterContext context;
    private final CommandReport report;
    private final ConsumptionMarks marks;

    public Retirement(ClusterContext context, CommandReport report) {
        this.context = context;
        this.report = report;
        this.marks = new ConsumptionMarks(new ApprovalStore(context.store(), context.root()));
    }

    /**
     * Retires.
     *
     * @param ledger as it is stored now
     */
    public void retire(List<Sidecar> done, Ledger ledger) {
        List<Sidecar> settled =
                done.stream().filter(sidecar -> isSettled(sidecar, ledger)).toList();
        if (!settled.isEmpty()) {
            context.faults().reach(FaultPoint.CLUSTER_APPLY_AFTER_APPROVALS_MARKED);
        }
        SidecarStore sidecars = new SidecarStore(context.store());
        List<Supplier<Optional<Sidecar>>> removals = settled.stream()
                .<Supplier<Optional<Sidecar>>>map(sidecar -> () ->
                        Optional.of(sidecar).filter(there -> !(sidecars.delete(there) instanceof DeleteOutcome.Done)))
                .toList();
        context.workers().all(removals).stream()
                .flatMap(Optional::stream)
                .forEach(sidecar -> warn(
                        sidecar,
                        "what it was about is recorded, but whether the recovery record is removed is not known"));
    }

    private void warn(Sidecar sidecar, String message) {
        report.add(
                DiagnosticCode.RECOVERY_SIDECAR_CLEANUP_FAILED,
                context.root().display(ControlKeys.sidecar(sidecar.operationId())),
                message);
    }

    private boolean isSettled(Sidecar sidecar, Ledger ledger) {
        boolean settled = sidecar.approvalId()
                .map(approval -> marks.follow(approval, ledger))
                .orElse(true);
        if (!settled) {
            warn(
                    sidecar,
                    "the ledger records that the approval was used, but its file could not be marked; the recovery record"
                            + " stays until it is");
        }
        return settled;
    }
}
