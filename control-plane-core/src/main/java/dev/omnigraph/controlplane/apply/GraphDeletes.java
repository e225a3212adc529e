package dev.omnigraph.controlplane.apply;

import dev.omnigraph.controlplane.approval.ApprovalEntry;
import dev.omnigraph.controlplane.approval.ApprovalRecord;
import dev.omnigraph.controlplane.approval.ApprovalStore;
import dev.omnigraph.controlplane.approval.Claim;
import dev.omnigraph.controlplane.approval.Holders;
import dev.omnigraph.controlplane.approval.Reservation;
import dev.omnigraph.controlplane.approval.ReservationStore;
import dev.omnigraph.controlplane.diagnostic.DiagnosticCode;
import dev.omnigraph.controlplane.digest.ResourceAddress;
import dev.omnigraph.controlplane.fault.FaultPoint;
import dev.omnigraph.controlplane.ledger.GraphRemoval;
import dev.omnigraph.controlplane.plan.ChangeReason;
import dev.omnigraph.controlplane.plan.Destruction;
import dev.omnigraph.controlplane.plan.GateFacts;
import dev.omnigraph.controlplane.plan.Verdict;
import dev.omnigraph.controlplane.recovery.Sweep;
import dev.omnigraph.controlplane.session.ClusterContext;
import dev.omnigraph.controlplane.storage.PutOutcome;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * Deletes graphs whose removal is approved (control-plane.md 9.7, I4, I6, I7): approval reserved, intent stored, root
 * removed. A delete that an earlier run left unfinished goes on under its own intent. Not thread-safe.
 */
final class GraphDeletes {

    private static final GraphMove MOVE = GraphMove.DELETE;

    private final ClusterContext context;
    private final Survey survey;
    private final Optional<String> actor;
    private final GraphWork work;
    private final GraphRemover remover;
    private final ApprovalStore approvals;
    private final List<GraphRemoval> removals = new ArrayList<>();

    GraphDeletes(ClusterContext context, Survey survey, Optional<String> actor, GraphWork work, GraphRemover remover) {
        this.context = context;
        this.survey = survey;
        this.actor = actor;
        this.work = work;
        this.remover = remover;
        this.approvals = new ApprovalStore(context.store(), context.root());
    }

    /** What the ledger has to record. */
    List<GraphRemoval> removals() {
        return List.copyOf(removals);
    }

    /** Deletes one graph, whose change was planned as approved. */
    void delete(String graph) {
        Optional<String> refusal = context.engine().refusal(context.root().graphRoot(graph));
        if (refusal.isPresent()) {
            work.fail(MOVE, graph, refusal.get() + "; nothing was removed");
            return;
        }
        GateFacts gate = survey.gates().facts().getOrDefault(new ResourceAddress.Graph(graph), GateFacts.NONE);
        if (!(gate.verdict() instanceof Verdict.Approved approved)) {
            throw new IllegalStateException("the delete of graph " + graph + " was planned without an approval");
        }
        ApprovalEntry approval =
                survey.gates().book().entry(approved.approvalId()).orElseThrow();
        Optional<Sweep.UnfinishedDelete> earlier = survey.unfinishedDelete(graph);
        if (earlier.filter(Sweep.UnfinishedDelete::aside).isPresent()) {
            work.fail(
                    MOVE,
                    graph,
                    "the graph lies aside and could not be moved back to be compared; nothing was removed");
            return;
        }
        String sidecar = earlier.map(delete -> delete.sidecar().operationId())
                .orElseGet(() -> context.ids().nextUlid());
        if (!reserve(graph, approval.id(), sidecar) || !publish(graph, approval)) {
            return;
        }
        OptionalLong version =
                gate.destruction().map(Destruction::manifestVersion).orElse(OptionalLong.empty());
        Optional<GraphWork.Intent> intent = earlier.isPresent()
                ? work.takeOver(earlier.get(), approval.id())
                : work.announceDelete(sidecar, graph, version, approval.id());
        if (intent.isEmpty()) {
            takeBack(approval);
        } else if (work.passes(FaultPoint.CLUSTER_APPLY_BEFORE_GRAPH_DELETE, MOVE, graph)) {
            boolean begun = earlier.filter(Sweep.UnfinishedDelete::begun).isPresent();
            remove(new GraphRemover.Target(graph, sidecar, begun, expected(approval, gate)), intent.get(), approval);
        }
    }

    private boolean reserve(String graph, String approvalId, String sidecar) {
        Claim claim = new ReservationStore(context.store())
                .claim(
                        approvalId,
                        new Reservation.ForSidecar(sidecar),
                        new Holders(context.store(), context.root())::isVoid);
        if (claim instanceof Claim.Ours) {
            context.faults().reach(FaultPoint.CLUSTER_APPLY_AFTER_APPROVAL_RESERVED);
            return true;
        }
        work.fail(MOVE, graph, "approval " + approvalId + " " + whyNotOurs(claim) + "; nothing was removed");
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
    private boolean publish(String graph, ApprovalEntry approval) {
        PutOutcome published = approvals.publish(approval.bound());
        if (published instanceof PutOutcome.Done) {
            context.faults().reach(FaultPoint.CLUSTER_APPLY_AFTER_APPROVAL_PUBLISHED);
            return true;
        }
        if (published instanceof PutOutcome.Lost
                && approvals
                        .read(approval.id())
                        .filter(GraphDeletes::isPublished)
                        .isPresent()) {
            return true;
        }
        work.fail(MOVE, graph, "approval " + approval.id() + " could not be published; nothing was removed");
        return false;
    }

    /** What this run published and leaves no intent for: the engine's own tool is not to use it after it expired. */
    private void takeBack(ApprovalEntry approval) {
        boolean keptBack = approval.record()
                .filter(stored -> stored.approval().isKeptBack())
                .isPresent();
        if (keptBack) {
            approvals.read(approval.id()).flatMap(ApprovalEntry::artifact).ifPresent(approvals::takeBack);
        }
    }

    private static boolean isPublished(ApprovalEntry approval) {
        return approval.damage().isEmpty() && approval.artifact().isPresent() && !approval.isMarked();
    }

    /** What the approver saw; for an approval of the engine's own tool, what this run's plan saw. */
    private static Optional<String> expected(ApprovalEntry approval, GateFacts gate) {
        Optional<ApprovalRecord> record = approval.record().map(ApprovalEntry.StoredRecord::approval);
        return record.isPresent()
                ? record.filter(known -> !known.allowDataMovement()).flatMap(ApprovalRecord::seen)
                : gate.destruction().map(Destruction::seen);
    }

    private void remove(GraphRemover.Target target, GraphWork.Intent intent, ApprovalEntry approval) {
        String graph = target.graph();
        GraphRemover.Removal removal = remover.remove(target);
        if (removal instanceof GraphRemover.Removal.Done) {
            context.faults().reach(FaultPoint.CLUSTER_APPLY_AFTER_GRAPH_DELETE);
            removals.add(new GraphRemoval(graph, Optional.of(approval.id()), target.sidecar(), actor));
            work.complete(intent, OptionalLong.empty());
        } else if (removal instanceof GraphRemover.Removal.Moved moved) {
            work.fail(
                    MOVE,
                    graph,
                    DiagnosticCode.GRAPH_MOVED,
                    ChangeReason.GRAPH_MOVED,
                    moved.reason() + "; nothing was removed");
            if (!target.begun()) {
                work.withdraw(intent);
                takeBack(approval);
            }
        } else if (removal instanceof GraphRemover.Removal.Failed failed) {
            work.fail(MOVE, graph, failed.reason());
        }
    }
}
