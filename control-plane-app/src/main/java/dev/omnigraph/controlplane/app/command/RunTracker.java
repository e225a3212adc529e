package dev.omnigraph.controlplane.app.command;

import dev.omnigraph.controlplane.graph.SchemaLock;
import dev.omnigraph.controlplane.session.RunListener;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Passes on what a run tells, and remembers what its ending depends on. */
final class RunTracker implements RunListener {

    private final RunListener listener;
    private final List<String> sidecars = new ArrayList<>();
    private boolean toldToStop;
    private Optional<String> stateCasBefore = Optional.empty();

    RunTracker(RunListener listener) {
        this.listener = listener;
    }

    /** The sidecars it announced. */
    List<String> sidecars() {
        return List.copyOf(sidecars);
    }

    /** Whether it asked, and was told to stop. */
    boolean toldToStop() {
        return toldToStop;
    }

    /** The token of the ledger as it was read under the lock; empty where there was none, or it was not read. */
    Optional<String> stateCasBefore() {
        return stateCasBefore;
    }

    @Override
    public void proveOurs() {
        listener.proveOurs();
    }

    @Override
    public Optional<String> operationId() {
        return listener.operationId();
    }

    @Override
    public void ledgerRead(String stateCas) {
        stateCasBefore = Optional.of(stateCas);
        listener.ledgerRead(stateCas);
    }

    @Override
    public void progress(String phase, Optional<String> resource, int done, int total) {
        listener.progress(phase, resource, done, total);
    }

    @Override
    public boolean cancelRequested() {
        toldToStop |= listener.cancelRequested();
        return toldToStop;
    }

    @Override
    public void sidecarPlanned(String operationId) {
        listener.sidecarPlanned(operationId);
        sidecars.add(operationId);
    }

    @Override
    public void claimWon(String sidecarOperationId) {
        listener.claimWon(sidecarOperationId);
    }

    @Override
    public void removalStarted(String sidecarOperationId) {
        listener.removalStarted(sidecarOperationId);
    }

    @Override
    public void lockBranchPlanned(String graph, long manifestVersion) {
        listener.lockBranchPlanned(graph, manifestVersion);
    }

    @Override
    public void lockBranchMade(String graph, SchemaLock branch) {
        listener.lockBranchMade(graph, branch);
    }

    @Override
    public void lockBranchGone(String graph, SchemaLock branch) {
        listener.lockBranchGone(graph, branch);
    }
}
