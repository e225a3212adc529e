package dev.omnigraph.controlplane.apply;

import dev.omnigraph.controlplane.approval.ApprovalEntry;
import dev.omnigraph.controlplane.diagnostic.DiagnosticCode;
import dev.omnigraph.controlplane.fault.FaultPoint;
import dev.omnigraph.controlplane.graph.BranchHeads;
import dev.omnigraph.controlplane.graph.GraphObservation;
import dev.omnigraph.controlplane.graph.SchemaApplyJournal;
import dev.omnigraph.controlplane.graph.SchemaLock;
import dev.omnigraph.controlplane.graph.TableHistory;
import dev.omnigraph.controlplane.operation.VersionCleanup;
import dev.omnigraph.controlplane.operation.VersionCleanupStore;
import dev.omnigraph.controlplane.plan.ChangeReason;
import dev.omnigraph.controlplane.session.ClusterContext;
import dev.omnigraph.controlplane.storage.PutOutcome;
import dev.omnigraph.controlplane.storage.StorageUnavailableException;
import dev.omnigraph.controlplane.storage.VersionTag;
import java.util.List;
import java.util.Optional;

/**
 * What a migration whose drops are approved to be hard has before others (I5): the approval is taken, what it will have to
 * remove is written down, and the graph is compared with what the approver saw, before the first table moves. Not
 * thread-safe.
 */
final class HardDrops {

    private static final GraphMove MOVE = GraphMove.SCHEMA_APPLY;

    private final ClusterContext context;
    private final GateSurvey gates;
    private final GraphWork work;
    private final ApprovalTaking taking;
    private final VersionCleanupStore cleanups;

    HardDrops(ClusterContext context, GateSurvey gates, GraphWork work) {
        this.context = context;
        this.gates = gates;
        this.work = work;
        this.taking = new ApprovalTaking(context, work);
        this.cleanups = new VersionCleanupStore(context.store());
    }

    /**
     * A migration that may go on.
     *
     * @param cleanup its journal as it is stored
     * @param expected what the graph has to be at the moment when it moves; empty where it may have moved
     */
    record Prepared(VersionCleanup cleanup, VersionTag tag, Optional<String> expected) {

        GraphWork.ApprovedMove move() {
            return new GraphWork.ApprovedMove(cleanup.sidecar(), cleanup.approvalId());
        }
    }

    /** The approval that makes the drops of this graph's migration hard. */
    Optional<ApprovalEntry> approvalOf(String graph) {
        return gates.approvalOf(MOVE.addressOf(graph));
    }

    /** Does everything that comes before the intent; empty where that failed, and the migration with it. */
    Optional<Prepared> prepare(String graph, ApprovalEntry approval, GraphObservation.Opened live, String wanted) {
        Optional<String> expected = ApprovalTaking.expected(approval, gates.factsOf(MOVE.addressOf(graph)));
        Optional<String> written = writtenSince(graph, expected);
        if (written.isPresent()) {
            work.fail(MOVE, graph, DiagnosticCode.GRAPH_MOVED, ChangeReason.GRAPH_MOVED, written.get());
            return Optional.empty();
        }
        String sidecar = context.ids().nextUlid();
        if (!taking.take(MOVE, graph, approval, sidecar)) {
            return Optional.empty();
        }
        VersionCleanup cleanup =
                new VersionCleanup(sidecar, graph, approval.id(), wanted, live.headCommit(), List.of());
        if (!(cleanups.announce(cleanup) instanceof PutOutcome.Done announced)) {
            giveBack(approval.id());
            work.fail(
                    MOVE, graph, "the journal of what is to be removed could not be stored; the graph was not touched");
            return Optional.empty();
        }
        context.faults().reach(FaultPoint.CLUSTER_APPLY_AFTER_CLEANUP_ANNOUNCED);
        return Optional.of(new Prepared(cleanup, announced.tag(), expected));
    }

    /** No intent stands for the approved migration any more. */
    void giveBack(String approvalId) {
        taking.giveBack(approvalId);
    }

    /** The journal for the engine, which stops a migration whose graph moved, or whose removals cannot be written down. */
    SchemaApplyJournal guarding(Prepared prepared, SchemaApplyJournal journal) {
        return new Guard(prepared, journal);
    }

    /** What is to be said where the graph is not any more what the approver saw. */
    private Optional<String> writtenSince(String graph, Optional<String> expected) {
        if (expected.isEmpty()) {
            return Optional.empty();
        }
        BranchHeads heads = context.engine().heads(context.root().graphRoot(graph));
        if (heads instanceof BranchHeads.Unknown unknown) {
            throw new StorageUnavailableException("graph " + graph + " cannot be looked at: " + unknown.reason());
        }
        return heads instanceof BranchHeads.Read read && Destructions.seen(read).equals(expected.get())
                ? Optional.empty()
                : Optional.of("the approval is for the data that the approver saw, and something was written"
                        + " since; nothing was changed and nothing removed");
    }

    private final class Guard implements SchemaApplyJournal {

        private final Prepared prepared;
        private final SchemaApplyJournal journal;

        private Guard(Prepared prepared, SchemaApplyJournal journal) {
            this.prepared = prepared;
            this.journal = journal;
        }

        @Override
        public void locking(long manifestVersion) {
            journal.locking(manifestVersion);
        }

        @Override
        public void locked(SchemaLock lock) {
            journal.locked(lock);
        }

        @Override
        public Optional<String> writing(List<TableHistory> removals) {
            Optional<String> obstacle = journal.writing(removals)
                    .or(() -> writtenSince(prepared.cleanup().graph(), prepared.expected()));
            if (obstacle.isPresent()) {
                return obstacle;
            }
            if (!(cleanups.rewrite(prepared.cleanup().of(removals), prepared.tag()) instanceof PutOutcome.Done)) {
                throw new StorageUnavailableException(
                        "what is to be removed after the migration could not be written down; the graph was not touched");
            }
            context.faults().reach(FaultPoint.CLUSTER_APPLY_BEFORE_HARD_DROP);
            return Optional.empty();
        }

        @Override
        public void publishing() {
            journal.publishing();
        }

        @Override
        public void unlocked(SchemaLock lock) {
            journal.unlocked(lock);
        }

        @Override
        public boolean isLeftByUs(SchemaLock lock) {
            return journal.isLeftByUs(lock);
        }
    }
}
