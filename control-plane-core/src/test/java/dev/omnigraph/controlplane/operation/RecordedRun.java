package dev.omnigraph.controlplane.operation;

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
