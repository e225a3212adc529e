package dev.omnigraph.controlplane.app.operation;

import dev.omnigraph.controlplane.diagnostic.DiagnosticCode;
import dev.omnigraph.controlplane.fault.InjectedFaultException;
import dev.omnigraph.controlplane.fault.LostAnswerException;
import dev.omnigraph.controlplane.id.Pause;
import dev.omnigraph.controlplane.operation.OperationEnding;
import dev.omnigraph.controlplane.operation.OperationOutcome;
import dev.omnigraph.controlplane.operation.OperationOwner;
import dev.omnigraph.controlplane.operation.OperationProblem;
import dev.omnigraph.controlplane.operation.OperationRead;
import dev.omnigraph.controlplane.operation.OperationRecord;
import dev.omnigraph.controlplane.operation.OperationStore;
import dev.omnigraph.controlplane.operation.OperationSubmission;
import dev.omnigraph.controlplane.operation.OperationWrite;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;

/**
 * Runs accepted work, one operation at a time, in the order of acceptance. The record is durable as queued before the
 * work counts as accepted, and as running before its first effect. Thread-safe.
 *
 * <p>A stop takes nothing more on, ends what waits as interrupted, and asks the running operation to end before its next
 * graph-moving step. It comes before the web server stops, so that requests that wait for the operation get their answer.
 * A step that takes longer than the deadline cannot be interrupted: then the process halts, as a crash would end it, and the
 * recovery records say what was half done.
 */
public final class OperationRunner implements SmartLifecycle {

    /** A final transition that the store does not take is repeated so often, this far apart. */
    private static final int MAX_ENDING_ATTEMPTS = 30;

    private static final Duration ENDING_ATTEMPT_INTERVAL = Duration.ofSeconds(1);
    private static final Logger LOG = LoggerFactory.getLogger(OperationRunner.class);

    private final OperationStore store;
    private final OperationOwner owner;
    private final RunnerLimits limits;
    private final InstantSource clock;
    private final Pause pause;
    private final OperationListener listener;
    private final Runnable settleOthers;
    private final Runnable halt;
    private final Semaphore places;
    private final Map<String, LiveOperation> live = new ConcurrentHashMap<>();
    private final ExecutorService worker = Executors.newSingleThreadExecutor(work -> {
        Thread thread = new Thread(work, "operations");
        thread.setDaemon(true); // what outlives the deadline of a stop ends with the process, as a crash would end it
        return thread;
    });
    private volatile boolean running;

    /**
     * A runner.
     *
     * @param settleOthers writes what became of the operations of processes that are gone; asked before each operation
     * @param halt ends the process as a crash would
     */
    public OperationRunner(
            OperationStore store,
            OperationOwner owner,
            RunnerLimits limits,
            InstantSource clock,
            Pause pause,
            OperationListener listener,
            Runnable settleOthers,
            Runnable halt) {
        this.store = store;
        this.owner = owner;
        this.limits = limits;
        this.clock = clock;
        this.pause = pause;
        this.listener = listener;
        this.settleOthers = settleOthers;
        this.halt = halt;
        this.places = new Semaphore(limits.queueSize() + 1);
    }

    /**
     * Takes work on, if there is a place and the record can be stored.
     *
     * @param id of the operation; where one is recorded under it already, nothing is taken on
     */
    public Acceptance submit(String id, OperationWork work, Optional<String> actor) {
        return accept(id, work, actor, operation -> worker.execute(() -> take(operation, work)));
    }

    /**
     * Does work at once in the calling thread, beside whatever the runner does: for commands that are answered when they
     * are done. The record that is given back is the last one.
     */
    public Acceptance runHere(String id, OperationWork work, Optional<String> actor) {
        return accept(id, work, actor, operation -> take(operation, work));
    }

    private Acceptance accept(String id, OperationWork work, Optional<String> actor, Consumer<LiveOperation> start) {
        if (!running) {
            return new Acceptance.Stopping();
        }
        if (!places.tryAcquire()) {
            return new Acceptance.QueueFull(limits.queueSize());
        }
        boolean started = false;
        try {
            OperationWrite write = store.create(OperationRecord.queued(submission(id, work, actor)));
            if (write instanceof OperationWrite.Stored stored) {
                LiveOperation operation = new LiveOperation(store, clock, listener, stored.operation());
                LOG.info(
                        "operation {} {}: queued, actor {}",
                        stored.operation().record().id(),
                        work.command(),
                        actor.orElse("-"));
                live.put(operation.record().id(), operation);
                listener.changed(operation.record());
                started = true; // from here on the work gives the place back
                start.accept(operation);
                return new Acceptance.Accepted(operation.record());
            }
            return write instanceof OperationWrite.Lost lost && lost.present() instanceof OperationRead.Found found
                    ? new Acceptance.Repeated(found.operation().record())
                    : new Acceptance.NotStored(reason(write));
        } finally {
            if (!started) {
                places.release();
            }
        }
    }

    /** The operation, while this process has not finished it. */
    Optional<LiveOperation> live(String id) {
        return Optional.ofNullable(live.get(id));
    }

    /**
     * Stores the progress of what runs, for those who watch from elsewhere.
     *
     * @param signs the records, as what the clock writes reaches them
     */
    public void keepProgress(OperationStore signs) {
        live.values().forEach(operation -> operation.keepProgress(signs));
    }

    private void take(LiveOperation operation, OperationWork work) {
        String id = operation.record().id();
        try {
            if (running) {
                run(operation, work);
            } else {
                operation.endUnbegun(OperationEnding.interrupted(OperationProblem.of(
                        DiagnosticCode.OPERATION_INTERRUPTED,
                        "the service stopped before the operation began; it changed nothing")));
            }
        } catch (OperationRecordException | InjectedFaultException e) {
            LOG.error("operation {} is given up: its record does not follow", id, e);
        } finally {
            operation.abandon();
            live.remove(id);
            places.release();
        }
    }

    private void run(LiveOperation operation, OperationWork work) {
        settleOthers.run();
        if (operation.begin()) {
            end(operation, outcome(operation, work));
        }
    }

    private static OperationReport outcome(LiveOperation operation, OperationWork work) {
        try {
            return work.run(operation);
        } catch (OperationRecordException e) {
            if (e.taken()) {
                throw e;
            }
            LOG.error(
                    "operation {} stops: its record cannot be stored",
                    operation.record().id(),
                    e);
            return failure(DiagnosticCode.STORAGE_UNAVAILABLE, e.getMessage() + "; the operation stopped there");
        } catch (InjectedFaultException e) {
            DiagnosticCode code = e instanceof LostAnswerException
                    ? DiagnosticCode.STORAGE_UNAVAILABLE
                    : DiagnosticCode.INJECTED_FAILPOINT;
            return failure(code, e.getMessage() + "; the operation ended there");
        } catch (RuntimeException | Error e) {
            LOG.error("operation {} failed", operation.record().id(), e);
            return failure(
                    DiagnosticCode.INTERNAL_ERROR,
                    "the operation failed in a way that the service does not know; what it had begun may be half done,"
                            + " each step with a recovery record");
        }
    }

    private static OperationReport failure(DiagnosticCode code, String detail) {
        return new OperationReport(
                OperationEnding.failed(OperationOutcome.FAILED, OperationProblem.of(code, detail)),
                Optional.empty(),
                Optional.empty());
    }

    private void end(LiveOperation operation, OperationReport report) {
        for (int attempt = 1; ; attempt++) {
            try {
                operation.end(report);
                return;
            } catch (OperationRecordException e) {
                if (e.taken() || attempt == MAX_ENDING_ATTEMPTS) {
                    throw e;
                }
                LOG.warn("attempt {} of {}: {}", attempt, MAX_ENDING_ATTEMPTS, e.getMessage());
                waitForTheStore();
            }
        }
    }

    private void waitForTheStore() {
        try {
            pause.forDuration(ENDING_ATTEMPT_INTERVAL);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private OperationSubmission submission(String id, OperationWork work, Optional<String> actor) {
        return new OperationSubmission(
                id, work.command(), actor, owner, clock.instant(), work.configuration(), work.configDigest());
    }

    private static String reason(OperationWrite write) {
        if (write instanceof OperationWrite.Refused refused) {
            return refused.reason();
        } else if (write instanceof OperationWrite.Unknown unknown) {
            return unknown.reason();
        }
        return "a record of this id exists already";
    }

    @Override
    public void start() {
        running = true;
    }

    @Override
    public void stop() {
        running = false;
        live.values().forEach(LiveOperation::requestCancel);
        worker.shutdown();
        try {
            if (!worker.awaitTermination(limits.stopDeadline().toMillis(), TimeUnit.MILLISECONDS)) {
                LOG.error("an operation still runs after the deadline; the process halts, the next start marks it"
                        + " interrupted");
                halt.run();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public boolean isRunning() {
        return running;
    }

    /** Later than everything else at the start, and so before the web server when it stops. */
    @Override
    public int getPhase() {
        return DEFAULT_PHASE;
    }
}
