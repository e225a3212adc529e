package dev.omnigraph.controlplane.apply;

import dev.omnigraph.controlplane.approval.ApprovalEntry;
import dev.omnigraph.controlplane.approval.ApprovalRecord;
import dev.omnigraph.controlplane.approval.ApprovalStore;
import dev.omnigraph.controlplane.approval.Claim;
import dev.omnigraph.controlplane.approval.Holders;
import dev.omnigraph.controlplane.approval.Reservation;
import dev.omnigraph.controlplane.approval.ReservationStore;
import dev.omnigraph.controlplane.diagnostic.Diagnostic;
import dev.omnigraph.controlplane.diagnostic.DiagnosticCode;
import dev.omnigraph.controlplane.diagnostic.Severity;
import dev.omnigraph.controlplane.fault.FaultPoint;
import dev.omnigraph.controlplane.ledger.ControlKeys;
import dev.omnigraph.controlplane.plan.Destruction;
import dev.omnigraph.controlplane.plan.GateFacts;
import dev.omnigraph.controlplane.session.ClusterContext;
import dev.omnigraph.controlplane.storage.DeleteOutcome;
import dev.omnigraph.controlplane.storage.PutOutcome;
import java.util.Optional;

/**
 * Takes approvals for the moves that they allow: reserved first, so that from then on nobody else uses or revokes them,
 * then shown to the engine's own tool (I7). What stops it fails the move; nothing of the graph was touched then.
 */
final class ApprovalTaking {

    private final ClusterContext context;
    private final GraphWork work;
    private final ApprovalStore approvals;

    ApprovalTaking(ClusterContext context, GraphWork work) {
        this.context = context;
        this.work = work;
        this.approvals = new ApprovalStore(context.store(), context.root());
    }

    /**
     * Takes an approval.
     *
     * @param sidecar the id for which it is reserved; of a sidecar that is not stored yet, or that an earlier run left
     */
    boolean take(GraphMove move, String graph, ApprovalEntry approval, String sidecar) {
        return reserve(move, graph, approval.id(), sidecar) && publish(move, graph, approval);
    }

    /** What the approver saw; for an approval of the engine's own tool, what this run's plan saw. */
    static Optional<String> expected(ApprovalEntry approval, GateFacts gate) {
        Optional<ApprovalRecord> record = approval.record().map(ApprovalEntry.StoredRecord::approval);
        return record.isPresent()
                ? record.filter(known -> !known.allowDataMovement()).flatMap(ApprovalRecord::seen)
                : gate.destruction().map(Destruction::seen);
    }

    /** What was published and is used after all by no intent: the engine's own tool is not to use it after it expired. */
    void giveBack(String approvalId) {
        approvals
                .read(approvalId)
                .filter(entry -> entry.record()
                        .filter(stored -> stored.approval().isKeptBack())
                        .isPresent())
                .flatMap(ApprovalEntry::artifact)
                .map(approvals::takeBack)
                .filter(outcome -> outcome instanceof DeleteOutcome.Refused || outcome instanceof DeleteOutcome.Unknown)
                .ifPresent(left -> work.report(leftAsItIs(context, approvalId, "its file could not be taken back")));
    }

    /** What the engine's own tool sees of an approval is not what was decided; this service knows better in any case. */
    static Diagnostic leftAsItIs(ClusterContext context, String approvalId, String undone) {
        return new Diagnostic(
                DiagnosticCode.APPROVAL_WRITE_ERROR,
                Severity.WARNING,
                context.root().display(ControlKeys.approval(approvalId)),
                undone + ", so that the engine's own tool may still use the approval; the next apply tries again");
    }

    private boolean reserve(GraphMove move, String graph, String approvalId, String sidecar) {
        Claim claim = new ReservationStore(context.store())
                .claim(
                        approvalId,
                        new Reservation.ForSidecar(sidecar),
                        new Holders(context.store(), context.root())::isVoid);
        if (claim instanceof Claim.Ours) {
            context.faults().reach(FaultPoint.CLUSTER_APPLY_AFTER_APPROVAL_RESERVED);
            return true;
        }
        work.fail(move, graph, "approval " + approvalId + " " + whyNotOurs(claim) + "; the graph was not touched");
        return false;
    }

    private static String whyNotOurs(Claim claim) {
        if (claim instanceof Claim.Taken taken) {
            return taken.by() instanceof Reservation.Revoked
                    ? "was revoked at this moment"
                    : "is used by another operation";
        }
        return "could not be reserved: "
                + (claim instanceof Claim.Refused refused ? refused.reason() : ((Claim.Unknown) claim).reason());
    }

    /** An approval with an expiry is shown to the engine's own tool from here on. */
    private boolean publish(GraphMove move, String graph, ApprovalEntry approval) {
        PutOutcome published = approvals.publish(approval.bound());
        if (published instanceof PutOutcome.Done) {
            context.faults().reach(FaultPoint.CLUSTER_APPLY_AFTER_APPROVAL_PUBLISHED);
            return true;
        }
        // Whoever published it, and whether the store knows who: what counts is that it is there as it was approved.
        if (!(published instanceof PutOutcome.Refused)
                && approvals
                        .read(approval.id())
                        .filter(ApprovalTaking::isPublished)
                        .isPresent()) {
            return true;
        }
        work.fail(move, graph, "approval " + approval.id() + " could not be published; the graph was not touched");
        return false;
    }

    private static boolean isPublished(ApprovalEntry approval) {
        return approval.damage().isEmpty() && approval.artifact().isPresent() && !approval.isMarked();
    }
}
