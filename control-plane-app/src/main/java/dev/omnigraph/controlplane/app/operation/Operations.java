package dev.omnigraph.controlplane.app.operation;

import dev.omnigraph.controlplane.id.Pause;
import dev.omnigraph.controlplane.instance.Presence;
import dev.omnigraph.controlplane.operation.InterruptedOperations;
import dev.omnigraph.controlplane.operation.OperationEnding;
import dev.omnigraph.controlplane.operation.OperationFilter;
import dev.omnigraph.controlplane.operation.OperationOwner;
import dev.omnigraph.controlplane.operation.OperationPage;
import dev.omnigraph.controlplane.operation.OperationRead;
import dev.omnigraph.controlplane.operation.OperationRecord;
import dev.omnigraph.controlplane.operation.OperationState;
import dev.omnigraph.controlplane.operation.OperationStore;
import dev.omnigraph.controlplane.operation.OperationWrite;
import dev.omnigraph.controlplane.operation.StoredOperation;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import java.util.concurrent.Semaphore;

/**
 * The operations of the cluster as requests see them: what runs here, with live progress, what runs in other processes, and
 * what is stored. One whose process is gone is shown as interrupted, though nobody wrote that yet.
 */
public final class Operations {

    /** A record that moves between look and write is looked at again so often. */
    private static final int MAX_CANCEL_ATTEMPTS = 3;

    private final OperationStore store;
    private final OperationRunner runner;
    private final Presence presence;
    private final InstantSource clock;
    private final Pause pause;
    private final FollowedOperations followed;
    private final Semaphore waiters;

    /**
     * Operations in a store.
     *
     * @param presence tells which other processes live
     * @param maxWaiters so many requests wait at most; others are answered at once
     */
    public Operations(
            OperationStore store,
            OperationRunner runner,
            Presence presence,
            InstantSource clock,
            Pause pause,
            int maxWaiters) {
        this.store = store;
        this.runner = runner;
        this.presence = presence;
        this.clock = clock;
        this.pause = pause;
        this.followed = new FollowedOperations(store, clock);
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
     * The operation, once it is over or this much time has passed, wherever it runs. It is waited for only while not too
     * many others wait.
     */
    public OperationRead find(String id, Duration wait) {
        if (!wait.isZero() && waiters.tryAcquire()) {
            try {
                Optional<LiveOperation> live = runner.live(id);
                if (live.isPresent()) {
                    live.get().await(wait);
                } else {
                    awaitElsewhere(id, wait);
                }
            } finally {
                waiters.release();
            }
        }
        return seen(store.read(id));
    }

    /** The operation for those who watch it: of this moment if it runs here, else of less than a second ago. */
    public OperationRead watch(String id) {
        return seen(isHere(id) ? store.read(id) : followed.read(id));
    }

    /** How long it takes until there may be something new about the operation, as long as nothing is heard of it here. */
    public Duration watchInterval(String id, Duration longest) {
        return isHere(id) || longest.compareTo(FollowedOperations.INTERVAL) < 0 ? longest : FollowedOperations.INTERVAL;
    }

    private boolean isHere(String id) {
        return runner.live(id).isPresent();
    }

    private void awaitElsewhere(String id, Duration wait) {
        Instant end = clock.instant().plus(wait);
        while (seen(followed.read(id)) instanceof OperationRead.Found found
                && !found.operation().record().state().isFinal()
                && clock.instant().isBefore(end)) {
            try {
                pause.forDuration(FollowedOperations.INTERVAL);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                return;
            }
        }
    }

    public OperationPage page(OperationFilter filter, Optional<String> olderThan, int size) {
        return store.page(filter, this::asSeenHere, olderThan, size);
    }

    /**
     * Stops an operation: at once if it waits, before its next graph-moving step if it runs. One of another process is asked
     * to by its record, at which its owner looks before each step.
     */
    public Cancellation cancel(String id) {
        Optional<LiveOperation> live = runner.live(id);
        return live.isPresent() ? cancel(live.get()) : cancelStored(id);
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

    private Cancellation cancelStored(String id) {
        for (int attempt = 0; attempt < MAX_CANCEL_ATTEMPTS; attempt++) {
            OperationRead read = seen(store.read(id));
            if (!(read instanceof OperationRead.Found found)) {
                return notFound(read);
            }
            OperationRecord record = found.operation().record();
            if (record.state().isFinal()) {
                return new Cancellation.Ended(record);
            }
            if (record.cancelRequestedAt().isPresent()) {
                return new Cancellation.Requested(record);
            }
            boolean waits = record.state() == OperationState.QUEUED;
            OperationRecord next = waits
                    ? record.ended(clock.instant(), OperationEnding.cancelledInQueue())
                    : record.cancelRequested(clock.instant());
            OperationWrite write = store.replace(found.operation(), next);
            if (write instanceof OperationWrite.Stored) {
                return waits ? new Cancellation.Cancelled(next) : new Cancellation.Requested(next);
            } else if (write instanceof OperationWrite.Refused refused) {
                return new Cancellation.Unavailable(refused.reason());
            } else if (write instanceof OperationWrite.Unknown unknown) {
                return new Cancellation.Unavailable(unknown.reason());
            }
        }
        return new Cancellation.Unavailable("the record moves faster than it can be written");
    }

    private static Cancellation notFound(OperationRead read) {
        if (read instanceof OperationRead.Unreadable unreadable) {
            return new Cancellation.Unreadable(unreadable.reason());
        } else if (read instanceof OperationRead.Unavailable unavailable) {
            return new Cancellation.Unavailable(unavailable.reason());
        }
        return new Cancellation.NotFound();
    }

    private OperationRead seen(OperationRead read) {
        return read instanceof OperationRead.Found found
                ? new OperationRead.Found(new StoredOperation(
                        asSeenHere(found.operation().record()),
                        found.operation().tag()))
                : read;
    }

    private OperationRecord asSeenHere(OperationRecord stored) {
        if (stored.state().isFinal()) {
            return stored;
        }
        Optional<LiveOperation> live = runner.live(stored.id());
        if (live.isPresent()) {
            OperationRecord view = live.get().view();
            return view.state() == stored.state() ? view : stored;
        }
        OperationOwner owner = stored.submission().owner();
        return presence.mayBeAtWork(owner) ? stored : InterruptedOperations.interrupted(stored, lastSign(stored));
    }

    /** Of its process; where that is not known, the last thing that is known of the operation. */
    private Instant lastSign(OperationRecord operation) {
        return presence.signOf(operation.submission().owner())
                .map(sign -> sign.record().heartbeatAt())
                .or(() -> operation.life().startedAt())
                .orElse(operation.submission().submittedAt());
    }
}
