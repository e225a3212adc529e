package dev.omnigraph.controlplane.apply;

import dev.omnigraph.controlplane.approval.ApprovalEntry;
import dev.omnigraph.controlplane.diagnostic.DiagnosticCode;
import dev.omnigraph.controlplane.digest.ResourceAddress;
import dev.omnigraph.controlplane.fault.FaultPoint;
import dev.omnigraph.controlplane.ledger.GraphRemoval;
import dev.omnigraph.controlplane.plan.ChangeReason;
import dev.omnigraph.controlplane.plan.GateFacts;
import dev.omnigraph.controlplane.plan.GraphDestruction;
import dev.omnigraph.controlplane.recovery.Sweep;
import dev.omnigraph.controlplane.session.ClusterContext;
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
    private final ApprovalTaking taking;
    private final List<GraphRemoval> removals = new ArrayList<>();

    GraphDeletes(ClusterContext context, Survey survey, Optional<String> actor, GraphWork work, GraphRemover remover) {
        this.context = context;
        this.survey = survey;
        this.actor = actor;
        this.work = work;
        this.remover = remover;
        this.taking = new ApprovalTaking(context, work);
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
        ResourceAddress resource = MOVE.addressOf(graph);
        GateFacts gate = survey.gates().factsOf(resource);
        ApprovalEntry approval = survey.gates()
                .approvalOf(resource)
                .orElseThrow(() ->
                        new IllegalStateException("the delete of graph " + graph + " was planned without an approval"));
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
        if (!taking.take(MOVE, graph, approval, sidecar)) {
            return;
        }
        Optional<GraphWork.Intent> intent = earlier.isPresent()
                ? work.takeOver(earlier.get(), approval.id())
                : work.announce(MOVE, graph, version(gate), "", new GraphWork.ApprovedMove(sidecar, approval.id()));
        if (intent.isEmpty()) {
            taking.giveBack(approval.id());
        } else if (work.passes(FaultPoint.CLUSTER_APPLY_BEFORE_GRAPH_DELETE, MOVE, graph)) {
            boolean begun = earlier.filter(Sweep.UnfinishedDelete::begun).isPresent();
            Optional<String> expected = ApprovalTaking.expected(approval, gate);
            remove(new GraphRemover.Target(graph, sidecar, begun, expected), intent.get(), approval.id());
        }
    }

    private static OptionalLong version(GateFacts gate) {
        return gate.destruction()
                .filter(GraphDestruction.class::isInstance)
                .map(what -> ((GraphDestruction) what).manifestVersion())
                .orElse(OptionalLong.empty());
    }

    private void remove(GraphRemover.Target target, GraphWork.Intent intent, String approvalId) {
        String graph = target.graph();
        GraphRemover.Removal removal = remover.remove(target);
        if (removal instanceof GraphRemover.Removal.Done) {
            context.faults().reach(FaultPoint.CLUSTER_APPLY_AFTER_GRAPH_DELETE);
            removals.add(new GraphRemoval(graph, Optional.of(approvalId), target.sidecar(), actor));
            work.complete(intent);
        } else if (removal instanceof GraphRemover.Removal.Moved moved) {
            work.fail(
                    MOVE,
                    graph,
                    DiagnosticCode.GRAPH_MOVED,
                    ChangeReason.GRAPH_MOVED,
                    moved.reason() + "; nothing was removed");
            if (!target.begun()) {
                work.withdraw(intent);
                taking.giveBack(approvalId);
            }
        } else if (removal instanceof GraphRemover.Removal.Failed failed) {
            work.fail(MOVE, graph, failed.reason());
        }
    }
}
