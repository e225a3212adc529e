package dev.omnigraph.controlplane.command;

import dev.omnigraph.controlplane.approval.ApprovalEntry;
import dev.omnigraph.controlplane.approval.ApprovalRecord;
import dev.omnigraph.controlplane.approval.ApprovalState;
import dev.omnigraph.controlplane.approval.ApprovalStore;
import dev.omnigraph.controlplane.approval.Claim;
import dev.omnigraph.controlplane.approval.Holders;
import dev.omnigraph.controlplane.approval.Reservation;
import dev.omnigraph.controlplane.approval.ReservationStore;
import dev.omnigraph.controlplane.approval.Revocations;
import dev.omnigraph.controlplane.diagnostic.DiagnosticCode;
import dev.omnigraph.controlplane.fault.FaultPoint;
import dev.omnigraph.controlplane.fault.InjectedFaultException;
import dev.omnigraph.controlplane.ledger.ControlKeys;
import dev.omnigraph.controlplane.ledger.Ledger;
import dev.omnigraph.controlplane.ledger.LedgerRead;
import dev.omnigraph.controlplane.ledger.LockObservation;
import dev.omnigraph.controlplane.session.ClusterContext;
import dev.omnigraph.controlplane.session.CommandReport;
import dev.omnigraph.controlplane.session.LockView;
import dev.omnigraph.controlplane.session.RunListener;
import dev.omnigraph.controlplane.storage.StorageUnavailableException;
import java.util.List;
import java.util.Optional;

/**
 * Takes back a decision, without the lock: one reservation decides between this and an apply that wants to use the
 * approval at the same moment (control-area.md).
 */
final class RevokeCommand {

    private final ClusterContext context;
    private final ApprovalStore approvals;

    RevokeCommand(ClusterContext context) {
        this.context = context;
        this.approvals = new ApprovalStore(context.store(), context.root());
    }

    RevokeOutput run(String approvalId, Optional<String> actor, Optional<String> reason, RunListener listener) {
        CommandReport report = new CommandReport(context.root());
        try {
            Optional<ApprovalEntry> found = approvals.read(approvalId);
            if (found.isEmpty()) {
                report.add(DiagnosticCode.APPROVAL_NOT_FOUND, approvalId, "no decision is recorded under this id");
            } else if (!isToolAtWork(report) && revoke(found.get(), actor, reason, listener, report)) {
                return new RevokeOutput(view(approvalId), report.diagnostics());
            }
        } catch (InjectedFaultException fault) {
            report.add(fault);
        } catch (StorageUnavailableException unavailable) {
            report.add(unavailable);
        }
        return new RevokeOutput(Optional.empty(), report.diagnostics());
    }

    private Optional<ApprovalView> view(String approvalId) {
        return approvals.read(approvalId).map(entry -> new ApprovalView(entry, ApprovalState.REVOKED, List.of()));
    }

    /** Another instance looks at the reservation as this one does. */
    private boolean isOfThisService(String lockId) {
        return context.memory().locks().contains(lockId)
                || context.presence().holder(lockId).isPresent();
    }

    /** Whoever holds the lock and is no instance of this service may have read the artifact, and looks at no reservation. */
    private boolean isToolAtWork(CommandReport report) {
        LockObservation lock = LockView.observe(context, report);
        if (lock instanceof LockObservation.Free
                || (lock instanceof LockObservation.Held held
                        && isOfThisService(held.document().lockId()))) {
            return false;
        }
        report.add(
                DiagnosticCode.STATE_LOCK_HELD,
                ControlKeys.LOCK.path(),
                "somebody else works on the cluster and may be using the approval at this moment; it was not revoked");
        return true;
    }

    private boolean revoke(
            ApprovalEntry entry,
            Optional<String> actor,
            Optional<String> reason,
            RunListener listener,
            CommandReport report) {
        if (entry.state(ledger(), context.clock().instant()) == ApprovalState.CONSUMED) {
            reportConsumed(entry, report);
            return false;
        }
        String revocation = listener.operationId().orElseGet(() -> context.ids().nextUlid());
        Claim claim = new ReservationStore(context.store())
                .claim(
                        entry.id(),
                        new Reservation.Revoked(revocation),
                        new Holders(context.store(), context.root())::isVoid);
        if (claim instanceof Claim.Taken taken && taken.by() instanceof Reservation.Revoked earlier) {
            revocation = earlier.revocation(); // finished here, if it was interrupted
        } else if (!(claim instanceof Claim.Ours)) {
            reportUnclaimed(entry, claim, report);
            return false;
        }
        context.faults().reach(FaultPoint.CLUSTER_REVOKE_AFTER_RESERVATION);
        Revocations revocations = new Revocations(approvals);
        revocations.record(
                entry,
                new ApprovalRecord.Revocation(revocation, actor, context.clock().instant(), reason));
        context.faults().reach(FaultPoint.CLUSTER_REVOKE_AFTER_RECORD);
        revocations
                .mark(entry, revocation, context.clock().instant())
                .ifPresent(failure -> report.add(
                        DiagnosticCode.APPROVAL_WRITE_ERROR,
                        entry.id(),
                        "this service uses the approval no more, but its artifact could not be marked, and the engine's"
                                + " own tool may still take it as given: " + failure
                                + "; revoke it again, or let the next apply mark it"));
        return true;
    }

    private Ledger ledger() {
        LedgerRead read = context.ledgers().read();
        if (read instanceof LedgerRead.Unknown unknown) {
            throw new StorageUnavailableException("the ledger cannot be read: " + unknown.reason());
        }
        return read instanceof LedgerRead.Present present ? present.stored().ledger() : Ledger.EMPTY;
    }

    private static void reportConsumed(ApprovalEntry entry, CommandReport report) {
        report.add(DiagnosticCode.APPROVAL_CONSUMED, entry.id(), "the approval was used already; it was not revoked");
    }

    private static void reportUnclaimed(ApprovalEntry entry, Claim claim, CommandReport report) {
        if (claim instanceof Claim.Taken) {
            report.add(
                    DiagnosticCode.APPROVAL_IN_USE,
                    entry.id(),
                    "an operation is using the approval; it was not revoked");
        } else if (claim instanceof Claim.Refused refused) {
            report.add(
                    DiagnosticCode.APPROVAL_WRITE_ERROR,
                    entry.id(),
                    "the revocation could not be stored: " + refused.reason());
        } else {
            throw new StorageUnavailableException(((Claim.Unknown) claim).reason());
        }
    }
}
