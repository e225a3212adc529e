package dev.omnigraph.controlplane.operation;

import dev.omnigraph.controlplane.diagnostic.DiagnosticCode;
import dev.omnigraph.controlplane.graph.SchemaLock;
import dev.omnigraph.controlplane.session.RunListener;
import dev.omnigraph.controlplane.storage.ObjectStore;
import java.time.Instant;
import java.util.Optional;
import java.util.function.UnaryOperator;

/** Keeps the operation record of one run as the service does, so that a later run can read what it proves. */
public final class RecordedRun implements RunListener {

    private final OperationStore store;
    private StoredOperation stored;

    private RecordedRun(OperationStore store, StoredOperation stored) {
        this.store = store;
        this.stored = stored;
    }

    /** Begins one, with its record stored as running. */
    public static RecordedRun begin(ObjectStore objects, String id, String command) {
        OperationStore store = new OperationStore(objects);
        Instant now = Instant.now();
        OperationRecord queued = OperationRecord.queued(new OperationSubmission(
                id,
                command,
                Optional.of("alice"),
                new OperationOwner("node", "node.local", now),
                now,
                Optional.empty(),
                Optional.empty()));
        StoredOperation accepted = stored(store.create(queued));
        return new RecordedRun(store, stored(store.replace(accepted, queued.started(now))));
    }

    @Override
    public Optional<String> operationId() {
        return Optional.of(stored.record().id());
    }

    @Override
    public void sidecarPlanned(String operationId) {
        trace(trace -> trace.withSidecar(operationId));
    }

    @Override
    public void claimWon(String sidecarOperationId) {
        trace(trace -> trace.withClaimWon(sidecarOperationId));
    }

    @Override
    public void removalStarted(String sidecarOperationId) {
        trace(trace -> trace.withRemovalStarted(sidecarOperationId));
    }

    @Override
    public void lockBranchPlanned(String graph, long manifestVersion) {
        trace(trace -> trace.withLockBranchPlanned(graph, manifestVersion, Instant.now()));
    }

    @Override
    public void lockBranchMade(String graph, SchemaLock branch) {
        trace(trace -> trace.withLockBranchMade(graph, branch));
    }

    @Override
    public void lockBranchGone(String graph, SchemaLock branch) {
        trace(trace -> trace.withLockBranchGone(graph, branch, Instant.now()));
    }

    /** The run is over without having come to its end, as the next start of its instance finds it. */
    public void interrupted() {
        OperationProblem problem = OperationProblem.of(DiagnosticCode.INTERNAL_ERROR, "its process died");
        stored = stored(
                store.replace(stored, stored.record().ended(Instant.now(), OperationEnding.interrupted(problem))));
    }

    private void trace(UnaryOperator<OperationTrace> change) {
        OperationRecord record = stored.record();
        stored = stored(store.replace(stored, record.traced(change.apply(record.trace()))));
    }

    private static StoredOperation stored(OperationWrite write) {
        if (write instanceof OperationWrite.Stored done) {
            return done.operation();
        }
        throw new IllegalStateException(write.toString());
    }
}
