package dev.omnigraph.controlplane.app.operation;

import dev.omnigraph.controlplane.graph.SchemaLock;
import dev.omnigraph.controlplane.operation.OperationEnding;
import dev.omnigraph.controlplane.operation.OperationProgress;
import dev.omnigraph.controlplane.operation.OperationRead;
import dev.omnigraph.controlplane.operation.OperationRecord;
import dev.omnigraph.controlplane.operation.OperationState;
import dev.omnigraph.controlplane.operation.OperationStore;
import dev.omnigraph.controlplane.operation.OperationTrace;
import dev.omnigraph.controlplane.operation.OperationWrite;
import dev.omnigraph.controlplane.operation.StoredOperation;
import dev.omnigraph.controlplane.session.RunListener;
import dev.omnigraph.controlplane.storage.StorageUnavailableException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * An operation that this process accepted, from then to its end. Every transition goes to the store first; what is
 * remembered here is what is stored, but for the progress. Thread-safe.
 */
final class LiveOperation implements RunListener {

    /** Progress is told to watchers this often at most; every transition is. */
    private static final Duration TELLING_INTERVAL = Duration.ofMillis(200);

    /** So often at most somebody asks it to stop between two looks of one transition. */
    private static final int MAX_ADOPTIONS = 3;

    private static final Logger LOG = LoggerFactory.getLogger(LiveOperation.class);

    private final OperationStore store;
    private final InstantSource clock;
    private final OperationListener listener;
    private final CountDownLatch over = new CountDownLatch(1);
    private StoredOperation stored;
    /** A transition whose write got no clear answer: it may stand in the store now. */
    private @Nullable OperationRecord unclear;

    private volatile @Nullable OperationProgress progress;
    private volatile boolean cancelRequested;
    private volatile Instant nextTelling = Instant.MIN;

    LiveOperation(OperationStore store, InstantSource clock, OperationListener listener, StoredOperation stored) {
        this.store = store;
        this.clock = clock;
        this.listener = listener;
        this.stored = stored;
    }

    synchronized OperationRecord record() {
        return stored.record();
    }

    /** The record, with progress that is newer than what is stored. */
    OperationRecord view() {
        OperationRecord record = record();
        return record.state() == OperationState.RUNNING ? record.traced(latest(record.trace())) : record;
    }

    /** Whether it was still queued and has now begun; the record says so. */
    synchronized boolean begin() {
        if (stored.record().state() != OperationState.QUEUED) {
            return false;
        }
        try {
            advance(record -> record.started(clock.instant()));
            return true;
        } catch (OperationRecordException e) {
            if (stored.record().state().isFinal()) {
                return false; // ended from elsewhere before it began
            }
            throw e;
        }
    }

    /** Ends it with the ledger's tokens as the work knew them. */
    synchronized void end(OperationReport report) {
        Instant now = clock.instant();
        advance(record -> record.traced(
                        latest(record.trace()).withStateCas(report.stateCasBefore(), report.stateCasAfter()))
                .ended(now, report.ending()));
        over.countDown();
    }

    /** Ends it without having begun. Nothing happens when it has begun, or is over. */
    synchronized boolean endUnbegun(OperationEnding ending) {
        if (stored.record().state() != OperationState.QUEUED) {
            return false;
        }
        advance(record -> record.ended(clock.instant(), ending));
        over.countDown();
        return true;
    }

    /** Nothing further will happen to it here, whatever the record says. */
    void abandon() {
        over.countDown();
    }

    void requestCancel() {
        cancelRequested = true;
    }

    /** Waits until it is over, at most so long. */
    void await(Duration atMost) {
        try {
            over.await(atMost.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    boolean isOver() {
        return over.getCount() == 0;
    }

    /** For people who watch; not stored by itself. */
    @Override
    public void progress(String phase, Optional<String> resource, int done, int total) {
        progress = new OperationProgress(phase, resource, done, total);
        Instant now = clock.instant();
        if (!now.isBefore(nextTelling)) {
            nextTelling = now.plus(TELLING_INTERVAL);
            listener.changed(view());
        }
    }

    /** Reads the record: the answer is of this moment, and so is the request to stop that somebody may have stored. */
    @Override
    public synchronized void proveOurs() {
        OperationRead read = store.read(stored.record().id());
        if (read instanceof OperationRead.Unavailable unavailable) {
            throw new StorageUnavailableException(
                    "the record of operation " + stored.record().id() + " cannot be read: " + unavailable.reason());
        }
        boolean unmoved = read instanceof OperationRead.Found found
                && found.operation().tag().equals(stored.tag());
        boolean ours = unmoved || adopts(read);
        if (!ours || stored.record().state().isFinal()) {
            throw taken(stored.record().id());
        }
    }

    /**
     * Stores the progress that is told here only, for those who watch from elsewhere. Best effort.
     *
     * @param signs the records, as what the clock writes reaches them
     */
    synchronized void keepProgress(OperationStore signs) {
        OperationRecord record = stored.record();
        OperationTrace latest = latest(record.trace());
        if (record.state() == OperationState.RUNNING && !latest.equals(record.trace())) {
            try {
                advance(signs, running -> running.traced(latest(running.trace())));
            } catch (OperationRecordException e) {
                LOG.debug("the progress of operation {} is not stored", record.id(), e);
            }
        }
    }

    @Override
    public boolean cancelRequested() {
        return cancelRequested;
    }

    @Override
    public Optional<String> operationId() {
        return Optional.of(record().id());
    }

    /** Stored before the sidecar is, which proves at the same time that the record is still ours. */
    @Override
    public synchronized void sidecarPlanned(String sidecarId) {
        advance(record -> record.traced(latest(record.trace()).withSidecar(sidecarId)));
    }

    @Override
    public synchronized void claimWon(String sidecarId) {
        advance(record -> record.traced(latest(record.trace()).withClaimWon(sidecarId)));
    }

    @Override
    public synchronized void removalStarted(String sidecarId) {
        advance(record -> record.traced(latest(record.trace()).withRemovalStarted(sidecarId)));
    }

    @Override
    public synchronized void lockBranchPlanned(String graph, long manifestVersion) {
        advance(record ->
                record.traced(latest(record.trace()).withLockBranchPlanned(graph, manifestVersion, clock.instant())));
    }

    @Override
    public synchronized void lockBranchMade(String graph, SchemaLock branch) {
        advance(record -> record.traced(latest(record.trace()).withLockBranchMade(graph, branch)));
    }

    @Override
    public synchronized void lockBranchGone(String graph, SchemaLock branch) {
        advance(record -> record.traced(latest(record.trace()).withLockBranchGone(graph, branch, clock.instant())));
    }

    private void advance(UnaryOperator<OperationRecord> transition) {
        advance(store, transition);
    }

    private void advance(OperationStore records, UnaryOperator<OperationRecord> transition) {
        if (stored.record().state().isFinal()) {
            throw taken(stored.record().id());
        }
        OperationRecord next = transition.apply(stored.record());
        OperationWrite write = replace(records, next);
        for (int adoptions = 0;
                adoptions < MAX_ADOPTIONS && write instanceof OperationWrite.Lost lost && adopts(lost.present());
                adoptions++) {
            next = transition.apply(stored.record());
            write = replace(records, next);
        }
        settle(write, next);
    }

    /** A store that fails in a way that nobody expects may have stored it. */
    private OperationWrite replace(OperationStore records, OperationRecord next) {
        try {
            return records.replace(stored, next);
        } catch (RuntimeException e) {
            unclear = next;
            throw e;
        }
    }

    private OperationTrace latest(OperationTrace trace) {
        OperationProgress latest = progress;
        return latest == null ? trace : trace.withProgress(latest);
    }

    /**
     * Whether what stands there is still our operation, so that the next transition builds on it: our own earlier one, whose
     * answer was lost, or one that somebody asked to stop. What somebody else has ended is known from here on, too.
     */
    private boolean adopts(OperationRead present) {
        if (!(present instanceof OperationRead.Found found)) {
            return false;
        }
        OperationRecord there = found.operation().record();
        boolean ours = there.isSameButForCancelling(stored.record())
                || (unclear != null && there.isSameButForCancelling(unclear));
        if (ours || there.state().isFinal()) {
            stored = found.operation();
            cancelRequested |= there.cancelRequestedAt().isPresent();
            listener.changed(there);
        }
        return ours;
    }

    private void settle(OperationWrite write, OperationRecord next) {
        if (write instanceof OperationWrite.Stored done) {
            logTransition(stored.record(), next);
            stored = done.operation();
            unclear = null;
            listener.changed(stored.record());
        } else if (write instanceof OperationWrite.Lost) {
            throw taken(next.id());
        } else if (write instanceof OperationWrite.Refused refused) {
            throw notStored(next, refused.reason());
        } else if (write instanceof OperationWrite.Unknown unknown) {
            unclear = next;
            throw notStored(next, unknown.reason());
        }
    }

    private static OperationRecordException taken(String id) {
        return new OperationRecordException("someone else has moved the record of operation " + id, true);
    }

    private static OperationRecordException notStored(OperationRecord next, String reason) {
        return new OperationRecordException(
                "the record of operation " + next.id() + " could not be stored as "
                        + next.state().wire() + ": " + reason,
                false);
    }

    private static void logTransition(OperationRecord from, OperationRecord to) {
        if (from.state() != to.state()) {
            LOG.info(
                    "operation {} {}: {} -> {}{}, actor {}",
                    to.id(),
                    to.submission().command(),
                    from.state().wire(),
                    to.state().wire(),
                    to.ended()
                            .map(ended -> " (" + ended.ending().outcome().wire() + ")")
                            .orElse(""),
                    to.submission().actor().orElse("-"));
        }
    }
}
