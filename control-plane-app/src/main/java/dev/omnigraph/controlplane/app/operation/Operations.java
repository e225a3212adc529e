package dev.omnigraph.controlplane.app.operation;

import dev.omnigraph.controlplane.operation.OperationEnding;
import dev.omnigraph.controlplane.operation.OperationFilter;
import dev.omnigraph.controlplane.operation.OperationPage;
import dev.omnigraph.controlplane.operation.OperationRead;
import dev.omnigraph.controlplane.operation.OperationRecord;
import dev.omnigraph.controlplane.operation.OperationStore;
import dev.omnigraph.controlplane.operation.StoredOperation;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.Semaphore;

/** The operations of the cluster as requests see them: what runs here, with live progress, and what is stored. */
public final class Operations {

    private final OperationStore store;
    private final OperationRunner runner;
    private final Semaphore waiters;

    /** @param maxWaiters so many requests wait at most; others are answered at once */
    public Operations(OperationStore store, OperationRunner runner, int maxWaiters) {
        this.store = store;
        this.runner = runner;
        this.waiters = new Semaphore(maxWaiters);
    }

    public Acceptance submit(String id, OperationWork work, Optional<String> actor) {
        return runner.submit(id, work, actor);
    }

    /** Does work in the calling thread; see {@link OperationRunner#runHere}. */
    public Acceptance runHere(String id, OperationWork work, Optional<String> actor) {
        return runner.runHere(id, work, actor);
    }

    /**
     * The operation, once it is over or this much time has passed. Only what this process runs is waited for, and only
     * while not too many others wait.
     */
    public OperationRead find(String id, Duration wait) {
        Optional<LiveOperation> live = runner.live(id);
        if (live.isPresent() && !wait.isZero() && waiters.tryAcquire()) {
            try {
                live.get().await(wait);
            } finally {
                waiters.release();
            }
        }
        OperationRead read = store.read(id);
        return read instanceof OperationRead.Found found
                ? new OperationRead.Found(withProgress(found.operation()))
                : read;
    }

    public OperationPage page(OperationFilter filter, Optional<String> olderThan, int size) {
        return store.page(filter, olderThan, size);
    }

    /** Stops an operation that this process owns: at once if it waits, before its next graph-moving step if it runs. */
    public Cancellation cancel(String id) {
        Optional<LiveOperation> live = runner.live(id);
        return live.isPresent() ? cancel(live.get()) : cancelStored(store.read(id));
    }

    private static Cancellation cancel(LiveOperation operation) {
        try {
            if (operation.endUnbegun(OperationEnding.cancelledInQueue())) {
                return new Cancellation.Cancelled(operation.record());
            }
        } catch (OperationRecordException e) {
            return new Cancellation.Unavailable(String.valueOf(e.getMessage()));
        }
        OperationRecord record = operation.view();
        if (record.state().isFinal()) {
            return new Cancellation.Ended(record);
        }
        operation.requestCancel();
        return new Cancellation.Requested(record);
    }

    private static Cancellation cancelStored(OperationRead read) {
        if (read instanceof OperationRead.Found found) {
            OperationRecord record = found.operation().record();
            return record.state().isFinal() ? new Cancellation.Ended(record) : new Cancellation.Elsewhere(record);
        } else if (read instanceof OperationRead.Absent) {
            return new Cancellation.NotFound();
        } else if (read instanceof OperationRead.Unreadable unreadable) {
            return new Cancellation.Unreadable(unreadable.reason());
        }
        return new Cancellation.Unavailable(((OperationRead.Unavailable) read).reason());
    }

    private StoredOperation withProgress(StoredOperation stored) {
        OperationRecord record = runner.live(stored.record().id())
                .map(LiveOperation::view)
                .filter(live -> live.state() == stored.record().state())
                .orElse(stored.record());
        return new StoredOperation(record, stored.tag());
    }
}
