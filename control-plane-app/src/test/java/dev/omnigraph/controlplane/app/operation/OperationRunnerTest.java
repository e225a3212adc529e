package dev.omnigraph.controlplane.app.operation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.omnigraph.controlplane.fault.FaultPoint;
import dev.omnigraph.controlplane.fault.FaultPointStore;
import dev.omnigraph.controlplane.fault.FaultPoints;
import dev.omnigraph.controlplane.fault.InjectedFaultException;
import dev.omnigraph.controlplane.id.UlidSource;
import dev.omnigraph.controlplane.instance.Presence;
import dev.omnigraph.controlplane.operation.InterruptedOperations;
import dev.omnigraph.controlplane.operation.OperationEnding;
import dev.omnigraph.controlplane.operation.OperationFilter;
import dev.omnigraph.controlplane.operation.OperationOutcome;
import dev.omnigraph.controlplane.operation.OperationOwner;
import dev.omnigraph.controlplane.operation.OperationPage;
import dev.omnigraph.controlplane.operation.OperationProgress;
import dev.omnigraph.controlplane.operation.OperationRead;
import dev.omnigraph.controlplane.operation.OperationRecord;
import dev.omnigraph.controlplane.operation.OperationState;
import dev.omnigraph.controlplane.operation.OperationStore;
import dev.omnigraph.controlplane.operation.OperationWrite;
import dev.omnigraph.controlplane.operation.StoredOperation;
import dev.omnigraph.controlplane.session.RunListener;
import dev.omnigraph.controlplane.storage.StoreCall;
import dev.omnigraph.controlplane.storage.memory.MemoryObjectStore;
import dev.omnigraph.controlplane.storage.memory.StoreFault;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class OperationRunnerTest {

    private static final Instant NOW = Instant.parse("2026-11-25T10:00:00Z");
    private static final Duration LONG = Duration.ofSeconds(30);
    private static final String SIDECAR = "01KB0000000000000000000900";

    private static final Presence EVERYBODY_LIVES = new Presence() {
        @Override
        public boolean mayBeAtWork(OperationOwner process) {
            return true;
        }
    };

    private final MemoryObjectStore objects = new MemoryObjectStore();
    private volatile FaultPoints faults = FaultPoints.NONE;
    private final OperationStore store = new OperationStore(new FaultPointStore(objects, point -> faults.reach(point)));
    private final AtomicInteger pauses = new AtomicInteger();
    private final AtomicInteger halts = new AtomicInteger();
    private final List<OperationRecord> told = new CopyOnWriteArrayList<>();
    private final OperationRunner runner = runner(Duration.ofSeconds(30));
    private final Operations operations = new Operations(store, runner, EVERYBODY_LIVES, () -> NOW, duration -> {}, 4);

    @BeforeEach
    void start() {
        runner.start();
    }

    @AfterEach
    void stop() {
        objects.calm();
        runner.stop();
    }

    @Test
    void theRecordIsQueuedBeforeAcceptanceAndRunningBeforeTheFirstEffect() {
        StubWork first = StubWork.held();
        StubWork second = StubWork.held();
        String running = accept(first);
        String waiting = accept(second);
        first.awaitBegun();

        assertThat(stored(running).state()).isEqualTo(OperationState.RUNNING);
        assertThat(stored(waiting)).satisfies(record -> {
            assertThat(record.state()).isEqualTo(OperationState.QUEUED);
            assertThat(record.submission().actor()).contains("andrew");
            assertThat(record.submission().configDigest()).contains("c0ffee");
        });
        assertThat(second.hasBegun()).isFalse();

        first.release();
        second.release();
        OperationRecord ended = await(waiting);
        assertThat(ended.state()).isEqualTo(OperationState.SUCCEEDED);
        assertThat(ended.trace().stateCasBefore()).contains("sha256:before");
        assertThat(ended.trace().stateCasAfter()).contains("sha256:after");
        assertThat(stored(running).state()).isEqualTo(OperationState.SUCCEEDED);
    }

    @Test
    void operationsRunInTheOrderOfAcceptance() {
        List<Integer> order = new CopyOnWriteArrayList<>();
        StubWork first = StubWork.held();
        accept(first);
        accept(StubWork.free(run -> order.add(1)));
        String last = accept(StubWork.free(run -> order.add(2)));
        first.release();

        await(last);
        assertThat(order).containsExactly(1, 2);
    }

    @Test
    void aFullQueueTakesNothingMoreOn() {
        StubWork running = StubWork.held();
        accept(running);
        running.awaitBegun();
        String waiting = accept(StubWork.free(run -> {}));
        accept(StubWork.free(run -> {}));

        assertThat(submit(StubWork.held())).isEqualTo(new Acceptance.QueueFull(2));

        running.release();
        await(waiting);
    }

    @Test
    void workWhoseRecordCannotBeStoredIsNotTakenOnAndLeavesItsPlace() {
        objects.disturb((call, key) -> StoreFault.REFUSED);
        StubWork work = StubWork.held();
        for (int attempt = 0; attempt < 5; attempt++) {
            assertThat(submit(work)).isInstanceOf(Acceptance.NotStored.class);
        }
        objects.calm();

        await(accept(StubWork.free(run -> {})));
        assertThat(work.hasBegun()).isFalse();
    }

    @Test
    void aSidecarIsInTheRecordBeforeTheWorkGoesOn() {
        List<OperationRecord> seen = new CopyOnWriteArrayList<>();
        String id = accept(StubWork.free(run -> {
            run.progress("creates", Optional.of("graph.people"), 0, 1);
            run.sidecarPlanned(SIDECAR);
            run.claimWon(SIDECAR);
            seen.add(((OperationRead.Found) store.read(onlyId())).operation().record());
        }));

        await(id);
        assertThat(seen.get(0).trace().sidecars()).containsExactly(SIDECAR);
        assertThat(seen.get(0).trace().claimsWon()).containsExactly(SIDECAR);
        assertThat(seen.get(0).trace().progress().orElseThrow().phase()).isEqualTo("creates");
    }

    @Test
    void progressIsShownWhileItRuns() {
        StubWork work = new StubWork(run -> {});
        AtomicBoolean told = new AtomicBoolean();
        StubWork talking = StubWork.free(run -> {
            run.progress("payloads", Optional.empty(), 3, 7);
            told.set(true);
            work.run(run);
        });
        String id = accept(talking);
        work.awaitBegun();

        assertThat(told).isTrue();
        assertThat(find(id).trace().progress()).contains(new OperationProgress("payloads", Optional.empty(), 3, 7));
        work.release();
        await(id);
    }

    @Test
    void workWhoseRecordWasTakenStopsBeforeItsNextEffect() {
        AtomicBoolean wentOn = new AtomicBoolean();
        String id = accept(StubWork.free(run -> {
            StoredOperation ours = ((OperationRead.Found) store.read(onlyId())).operation();
            OperationEnding taken = OperationEnding.cancelledInQueue();
            assertThat(store.replace(ours, ours.record().ended(NOW, taken))).isInstanceOf(OperationWrite.Stored.class);
            run.sidecarPlanned(SIDECAR);
            wentOn.set(true);
        }));

        assertThat(await(id).state()).isEqualTo(OperationState.CANCELLED);
        assertThat(wentOn).isFalse();
    }

    @Test
    void workWhoseSidecarCannotBeRecordedFailsThere() {
        AtomicBoolean wentOn = new AtomicBoolean();
        String id = accept(StubWork.free(run -> {
            objects.disturb((call, key) -> StoreFault.REQUEST_LOST);
            try {
                run.sidecarPlanned(SIDECAR);
            } finally {
                objects.calm();
            }
            wentOn.set(true);
        }));

        OperationEnding ending = await(id).ended().orElseThrow().ending();
        assertThat(ending.outcome()).isEqualTo(OperationOutcome.FAILED);
        assertThat(ending.problem().orElseThrow().code()).isEqualTo("storage_unavailable");
        assertThat(wentOn).isFalse();
    }

    @Test
    void aTransitionWhoseAnswerWasLostIsBuiltUpon() {
        AtomicInteger writes = new AtomicInteger();
        String id = accept(StubWork.free(run -> {
            objects.disturb((call, key) -> call == StoreCall.PUT_IF_MATCH && writes.incrementAndGet() <= 3
                    ? StoreFault.LANDS_LATE
                    : StoreFault.NONE);
            try {
                run.sidecarPlanned(SIDECAR);
            } finally {
                objects.landLateCalls();
            }
        }));

        OperationRecord ended = await(id);
        assertThat(ended.state()).isEqualTo(OperationState.FAILED);
        assertThat(ended.trace().sidecars()).containsExactly(SIDECAR);
    }

    @Test
    void aTransitionAfterWhichTheStoreFailedIsBuiltUpon() {
        String id = accept(StubWork.free(run -> {
            faults = point -> {
                if (point == FaultPoint.CLUSTER_STORE_AFTER_OPERATION_WRITE) {
                    faults = FaultPoints.NONE;
                    throw new InjectedFaultException(point);
                }
            };
            run.sidecarPlanned(SIDECAR);
        }));

        OperationRecord ended = await(id);
        assertThat(ended.state()).isEqualTo(OperationState.FAILED);
        assertThat(ended.trace().sidecars()).containsExactly(SIDECAR);
    }

    @Test
    void anEndingIsOfferedUntilTheStoreTakesIt() {
        AtomicInteger refused = new AtomicInteger();
        String id = accept(StubWork.free(
                run -> objects.disturb((call, key) -> call == StoreCall.PUT_IF_MATCH && refused.incrementAndGet() <= 2
                        ? StoreFault.REFUSED
                        : StoreFault.NONE)));

        assertThat(await(id).state()).isEqualTo(OperationState.SUCCEEDED);
        assertThat(pauses).hasValue(2);
    }

    @Test
    void aFailureThatNobodyExpectedEndsTheOperation() {
        String id = accept(StubWork.free(run -> {
            throw new IllegalStateException("a bug");
        }));

        OperationEnding ending = await(id).ended().orElseThrow().ending();
        assertThat(ending.state()).isEqualTo(OperationState.FAILED);
        assertThat(ending.problem().orElseThrow().code()).isEqualTo("internal_error");
        assertThat(ending.problem().orElseThrow().detail()).doesNotContain("a bug");
        assertThat(await(accept(StubWork.free(run -> {}))).state()).isEqualTo(OperationState.SUCCEEDED);
    }

    @Test
    void whatWaitsIsCancelledAtOnceAndNeverBegins() {
        StubWork running = StubWork.held();
        accept(running);
        StubWork waiting = StubWork.held();
        String id = accept(waiting);

        assertThat(operations.cancel(id)).isInstanceOf(Cancellation.Cancelled.class);

        running.release();
        await(accept(StubWork.free(run -> {})));
        assertThat(waiting.hasBegun()).isFalse();
        assertThat(stored(id).life().startedAt()).isEmpty();
        assertThat(operations.cancel(id)).isInstanceOf(Cancellation.Ended.class);
    }

    @Test
    void whatRunsIsAskedToStop() {
        AtomicBoolean asked = new AtomicBoolean();
        StubWork work = new StubWork(run -> asked.set(run.cancelRequested()));
        String id = accept(work);
        work.awaitBegun();

        assertThat(operations.cancel(id)).isInstanceOf(Cancellation.Requested.class);
        work.release();
        await(id);
        assertThat(asked).isTrue();
    }

    @Test
    void whatAnotherProcessRunsIsAskedToStopByItsRecord() {
        OperationRunner other = runner(Duration.ofSeconds(30));
        other.start();
        AtomicBoolean asked = new AtomicBoolean();
        StubWork work = new StubWork(run -> {
            run.proveOurs();
            asked.set(run.cancelRequested());
        });
        String running = accept(other, work);
        String waiting = accept(other, StubWork.free(run -> asked.set(false)));
        work.awaitBegun();

        assertThat(operations.cancel(waiting)).isInstanceOf(Cancellation.Cancelled.class);
        assertThat(operations.cancel(running)).isInstanceOf(Cancellation.Requested.class);
        assertThat(operations.cancel(running)).isInstanceOf(Cancellation.Requested.class);
        assertThat(operations.cancel("nobody")).isInstanceOf(Cancellation.NotFound.class);
        work.release();
        other.stop();

        assertThat(asked).isTrue();
        assertThat(stored(running).state()).isEqualTo(OperationState.SUCCEEDED);
        assertThat(stored(waiting).state()).isEqualTo(OperationState.CANCELLED);
        assertThat(operations.cancel(running)).isInstanceOf(Cancellation.Ended.class);
    }

    @Test
    void whoseRecordWasEndedElsewhereDoesNothingMore() {
        StubWork work = new StubWork(RunListener::proveOurs);
        String id = accept(work);
        work.awaitBegun();
        StoredOperation running = ((OperationRead.Found) store.read(id)).operation();
        store.replace(running, InterruptedOperations.interrupted(running.record(), NOW));

        work.release();

        assertThat(await(id).state()).isEqualTo(OperationState.INTERRUPTED);
        assertThat(stored(id).state()).isEqualTo(OperationState.INTERRUPTED);
    }

    @Test
    void whoseRecordWasEndedElsewhereNeverProvesAnythingAgain() {
        List<Throwable> refusals = new CopyOnWriteArrayList<>();
        StubWork work = new StubWork(run -> {
            refusals.add(catchThrowable(run::proveOurs));
            refusals.add(catchThrowable(run::proveOurs));
            refusals.add(catchThrowable(() -> run.sidecarPlanned(SIDECAR)));
        });
        String id = accept(work);
        work.awaitBegun();
        StoredOperation running = ((OperationRead.Found) store.read(id)).operation();
        store.replace(running, InterruptedOperations.interrupted(running.record(), NOW));

        work.release();

        assertThat(await(id).state()).isEqualTo(OperationState.INTERRUPTED);
        assertThat(refusals)
                .hasSize(3)
                .allSatisfy(refusal -> assertThat(refusal).isInstanceOf(OperationRecordException.class));
        assertThat(stored(id).trace().sidecars()).isEmpty();
    }

    @Test
    void progressIsStoredForThoseWhoWatchFromElsewhere() {
        StubWork work = new StubWork(run -> {
            run.progress("creates", Optional.empty(), 1, 2);
            runner.keepProgress(store);
            assertThat(stored(run.operationId().orElseThrow()).trace().progress())
                    .contains(new OperationProgress("creates", Optional.empty(), 1, 2));
        });
        work.release();

        assertThat(await(accept(work)).state()).isEqualTo(OperationState.SUCCEEDED);
    }

    private static String accept(OperationRunner other, OperationWork work) {
        return ((Acceptance.Accepted) other.submit(new UlidSource().nextUlid(), work, Optional.empty()))
                .operation()
                .id();
    }

    @Test
    void aStopFinishesWhatRunsAndInterruptsWhatWaits() throws InterruptedException {
        StubWork running = StubWork.held();
        String first = accept(running);
        running.awaitBegun();
        StubWork waiting = StubWork.held();
        String second = accept(waiting);

        Thread stopping = new Thread(runner::stop);
        stopping.start();
        while (runner.isRunning()) {
            Thread.onSpinWait();
        }
        assertThat(submit(StubWork.held())).isInstanceOf(Acceptance.Stopping.class);
        running.release();
        stopping.join(LONG.toMillis());

        assertThat(stored(first).state()).isEqualTo(OperationState.SUCCEEDED);
        assertThat(stored(second).state()).isEqualTo(OperationState.INTERRUPTED);
        assertThat(waiting.hasBegun()).isFalse();
    }

    @Test
    void aStopAsksTheOperationToStopAndHaltsAtItsDeadline() {
        OperationRunner impatient = runner(Duration.ZERO);
        impatient.start();
        AtomicBoolean asked = new AtomicBoolean();
        StubWork work = new StubWork(run -> asked.set(run.cancelRequested()));
        String id = ((Acceptance.Accepted) impatient.submit(new UlidSource().nextUlid(), work, Optional.empty()))
                .operation()
                .id();
        work.awaitBegun();

        impatient.stop();

        assertThat(stored(id).state()).isEqualTo(OperationState.RUNNING);
        assertThat(halts).hasValue(1);
        LiveOperation live = impatient.live(id).orElseThrow();
        work.release();
        live.await(LONG);
        assertThat(asked).isTrue();
    }

    @Test
    void watchersAreToldOfEveryTransition() {
        String id = accept(StubWork.free(run -> {}));
        await(id);

        assertThat(told)
                .extracting(OperationRecord::state)
                .containsExactly(OperationState.QUEUED, OperationState.RUNNING, OperationState.SUCCEEDED);
    }

    @Test
    void watchersAreNotToldOfEveryBitOfProgress() {
        String id = accept(StubWork.free(run -> {
            for (int done = 0; done < 1000; done++) {
                run.progress("payloads", Optional.empty(), done, 1000);
            }
        }));
        await(id);

        assertThat(told).hasSize(4);
        assertThat(told.get(2).trace().progress()).isPresent();
    }

    @Test
    void workOfAnIdThatIsRecordedIsNotTakenOnAgain() {
        String id = accept(StubWork.free(run -> {}));
        await(id);

        assertThat(operations.submit(id, new StubWork(run -> {}), Optional.of("andrew")))
                .isInstanceOfSatisfying(
                        Acceptance.Repeated.class,
                        repeated -> assertThat(repeated.operation().state()).isEqualTo(OperationState.SUCCEEDED));
    }

    @Test
    void onlySoManyRequestsWait() {
        Operations crowded = new Operations(store, runner, EVERYBODY_LIVES, () -> NOW, duration -> {}, 1);
        StubWork work = StubWork.held();
        String id = accept(work);
        work.awaitBegun();
        Thread waiter = new Thread(() -> crowded.find(id, LONG));
        waiter.start();
        while (waiter.getState() != Thread.State.TIMED_WAITING) {
            Thread.onSpinWait();
        }

        assertThat(crowded.find(id, LONG))
                .isInstanceOfSatisfying(
                        OperationRead.Found.class,
                        found -> assertThat(found.operation().record().state()).isEqualTo(OperationState.RUNNING));
        work.release();
        await(id);
    }

    private OperationRunner runner(Duration stopDeadline) {
        return new OperationRunner(
                store,
                new OperationOwner("node-a", "node-a.local", NOW),
                new RunnerLimits(2, stopDeadline),
                InstantSource.fixed(NOW),
                duration -> pauses.incrementAndGet(),
                told::add,
                () -> {},
                halts::incrementAndGet);
    }

    private Acceptance submit(OperationWork work) {
        return operations.submit(new UlidSource().nextUlid(), work, Optional.of("andrew"));
    }

    private String accept(OperationWork work) {
        Acceptance acceptance = submit(work);
        assertThat(acceptance).isInstanceOf(Acceptance.Accepted.class);
        return ((Acceptance.Accepted) acceptance).operation().id();
    }

    private OperationRecord await(String id) {
        OperationRead read = operations.find(id, LONG);
        OperationRecord record = ((OperationRead.Found) read).operation().record();
        assertThat(record.state().isFinal()).isTrue();
        return record;
    }

    private OperationRecord find(String id) {
        return ((OperationRead.Found) operations.find(id, Duration.ZERO))
                .operation()
                .record();
    }

    private OperationRecord stored(String id) {
        return ((OperationRead.Found) store.read(id)).operation().record();
    }

    private String onlyId() {
        return ((OperationPage.Listed) store.page(OperationFilter.all(), Optional.empty(), 1))
                .operations()
                .get(0)
                .id();
    }
}
