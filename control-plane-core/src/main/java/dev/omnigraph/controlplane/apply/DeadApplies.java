package dev.omnigraph.controlplane.apply;

import dev.omnigraph.controlplane.diagnostic.DiagnosticCode;
import dev.omnigraph.controlplane.digest.ResourceAddress;
import dev.omnigraph.controlplane.graph.GraphRecovery;
import dev.omnigraph.controlplane.graph.GraphRoot;
import dev.omnigraph.controlplane.ledger.Sidecar;
import dev.omnigraph.controlplane.ledger.SidecarKind;
import dev.omnigraph.controlplane.plan.Verdict;
import dev.omnigraph.controlplane.session.ClusterContext;
import dev.omnigraph.controlplane.session.CommandReport;
import dev.omnigraph.controlplane.session.LockedSection;
import dev.omnigraph.controlplane.session.RunListener;
import dev.omnigraph.controlplane.storage.StorageUnavailableException;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/**
 * Ends schema applies of ours that died inside a graph, where they keep every writer out and may leave the graph unable to
 * open. Only apply does so, before it decides on their sidecars: the other commands change no graph. Not thread-safe.
 */
final class DeadApplies {

    private final ClusterContext context;
    private final LockedSection lock;
    private final RunListener listener;
    private final CommandReport report;
    private final Set<String> held = new TreeSet<>();
    private final Set<String> moved = new TreeSet<>();

    DeadApplies(ClusterContext context, LockedSection lock, RunListener listener, CommandReport report) {
        this.context = context;
        this.lock = lock;
        this.listener = listener;
        this.report = report;
    }

    /** Graphs that could not be freed; the report says why. */
    Set<String> held() {
        return Set.copyOf(held);
    }

    /** Graphs that are not any more what they were before. */
    Set<String> moved() {
        return Set.copyOf(moved);
    }

    /**
     * Says of an approval that does not count any more that nobody else wrote: undoing what was begun is a commit too.
     *
     * @param gates as they are after it
     */
    void explain(GateSurvey gates) {
        for (String graph : moved) {
            ResourceAddress schema = new ResourceAddress.Schema(graph);
            if (gates.factsOf(schema).verdict() instanceof Verdict.Stale stale
                    && stale.approvals().stream()
                            .anyMatch(approval -> approval.moved().contains(Verdict.DATA))) {
                report.add(
                        DiagnosticCode.APPROVAL_STALE,
                        schema.text(),
                        "an interrupted schema apply was undone just now, which is a commit that no approver had seen;"
                                + " where the plan shows nothing else that is new, approve it again");
            }
        }
    }

    /**
     * Ends what is left of these operations.
     *
     * @return whether the run may go on; false after losing the lock
     * @throws StorageUnavailableException where the storage does not answer
     */
    boolean end(List<Sidecar> interrupted) {
        for (Sidecar sidecar : interrupted) {
            if (sidecar.kind() == SidecarKind.SCHEMA_APPLY) {
                if (!lock.mayAct(report)) {
                    return false;
                }
                try {
                    end(sidecar.graphId());
                } catch (LockLostException lost) {
                    return false;
                }
            }
        }
        return true;
    }

    private void end(String graph) {
        GraphRoot root = context.root().graphRoot(graph);
        GraphRecovery outcome = context.engine()
                .recover(root, new LockBranchJournal(graph, lock, report, listener, context.lockBranches()));
        if (outcome instanceof GraphRecovery.Recovered) {
            moved.add(graph);
        } else if (outcome instanceof GraphRecovery.Held unresolved) {
            held.add(graph);
            report.add(
                    DiagnosticCode.CLUSTER_RECOVERY_PENDING,
                    new ResourceAddress.Graph(graph).text(),
                    "an interrupted schema apply keeps writers out of the graph: " + unresolved.reason());
        } else if (outcome instanceof GraphRecovery.Unknown unknown) {
            throw new StorageUnavailableException(root + " could not be recovered: " + unknown.reason());
        }
    }
}
