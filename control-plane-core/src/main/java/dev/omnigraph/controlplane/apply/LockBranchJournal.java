package dev.omnigraph.controlplane.apply;

import dev.omnigraph.controlplane.graph.SchemaApplyJournal;
import dev.omnigraph.controlplane.graph.SchemaLock;
import dev.omnigraph.controlplane.graph.TableHistory;
import dev.omnigraph.controlplane.operation.LockBranches;
import dev.omnigraph.controlplane.session.CommandReport;
import dev.omnigraph.controlplane.session.LockedSection;
import dev.omnigraph.controlplane.session.RunListener;
import java.util.List;
import java.util.Optional;

/**
 * Writes down with the run's operation how far a schema apply is with its lock branch, and proves before each effect that
 * the cluster's lock is still ours (architecture.md, every effect proves its right).
 */
final class LockBranchJournal implements SchemaApplyJournal {

    private final String graph;
    private final LockedSection lock;
    private final CommandReport report;
    private final RunListener listener;
    private final LockBranches known;

    /** @param known what ended operations noted of their lock branches */
    LockBranchJournal(
            String graph, LockedSection lock, CommandReport report, RunListener listener, LockBranches known) {
        this.graph = graph;
        this.lock = lock;
        this.report = report;
        this.listener = listener;
        this.known = known;
    }

    @Override
    public void locking(long manifestVersion) {
        proveLock();
        listener.lockBranchPlanned(graph, manifestVersion);
    }

    @Override
    public void locked(SchemaLock branch) {
        listener.lockBranchMade(graph, branch);
    }

    @Override
    public Optional<String> writing(List<TableHistory> removals) {
        proveLock();
        return Optional.empty();
    }

    @Override
    public void publishing() {
        proveLock();
    }

    @Override
    public void unlocked(SchemaLock branch) {
        listener.lockBranchGone(graph, branch);
    }

    @Override
    public boolean isLeftByUs(SchemaLock branch) {
        return known.areLeftByEnded(graph, branch);
    }

    private void proveLock() {
        if (!lock.mayAct(report)) {
            throw new LockLostException();
        }
    }
}
