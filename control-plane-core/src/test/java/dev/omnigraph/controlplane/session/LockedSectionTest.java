package dev.omnigraph.controlplane.session;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.omnigraph.controlplane.diagnostic.Diagnostic;
import dev.omnigraph.controlplane.diagnostic.DiagnosticCode;
import dev.omnigraph.controlplane.fault.FaultPoint;
import dev.omnigraph.controlplane.fault.FaultPointStore;
import dev.omnigraph.controlplane.fault.FaultPoints;
import dev.omnigraph.controlplane.fault.InjectedFaultException;
import dev.omnigraph.controlplane.graph.MemoryGraphEngine;
import dev.omnigraph.controlplane.id.UlidSource;
import dev.omnigraph.controlplane.instance.Heartbeat;
import dev.omnigraph.controlplane.instance.HeartbeatTiming;
import dev.omnigraph.controlplane.instance.InstanceRead;
import dev.omnigraph.controlplane.instance.InstanceStart;
import dev.omnigraph.controlplane.instance.InstanceStore;
import dev.omnigraph.controlplane.instance.InstanceWatch;
import dev.omnigraph.controlplane.instance.LivePresence;
import dev.omnigraph.controlplane.instance.TestTime;
import dev.omnigraph.controlplane.ledger.ControlKeys;
import dev.omnigraph.controlplane.ledger.LockObservation;
import dev.omnigraph.controlplane.operation.OperationOwner;
import dev.omnigraph.controlplane.storage.GetOutcome;
import dev.omnigraph.controlplane.storage.ObjectKey;
import dev.omnigraph.controlplane.storage.ObjectStore;
import dev.omnigraph.controlplane.storage.StorageRoot;
import dev.omnigraph.controlplane.storage.StorageUnavailableException;
import dev.omnigraph.controlplane.storage.StoreCall;
import dev.omnigraph.controlplane.storage.memory.MemoryObjectStore;
import dev.omnigraph.controlplane.storage.memory.StoreFault;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What holds the lock, who may act under it, and what is known of it by others. */
class LockedSectionTest {

    private static final HeartbeatTiming TIMING = new HeartbeatTiming(Duration.ofSeconds(5));
    private static final Duration LONG = Duration.ofMinutes(2);

    private final MemoryObjectStore store = new MemoryObjectStore();
    private final InstanceStore instances = new InstanceStore(store);
    private final TestTime time = new TestTime();
    private Heartbeat heartbeat;
    private ClusterContext context;
    private CommandReport report;

    @BeforeEach
    void start() throws InterruptedException {
        heartbeat = begin(0);
        context = context(Duration.ZERO);
        report = new CommandReport(context.root());
    }

    private Heartbeat begin(int number) throws InterruptedException {
        InstanceStart.Outcome outcome = new InstanceStart(instances, time, time, TIMING)
                .begin(new OperationOwner("a", "host-a", time.instant().plusMillis(number)), "1.0");
        return ((InstanceStart.Outcome.Begun) outcome).heartbeat();
    }

    private ClusterContext context(Duration lockWait) {
        return context(lockWait, store);
    }

    private ClusterContext context(Duration lockWait, ObjectStore reached) {
        return new ClusterContext(
                new StorageRoot.Folder(Path.of("/memory")),
                reached,
                new MemoryGraphEngine(store),
                time,
                new UlidSource(),
                time,
                FaultPoints.NONE,
                Runnable::run,
                new CommandSettings(lockWait, 4242, false),
                new LivePresence(heartbeat, new InstanceWatch(instances, time, TIMING)));
    }

    private Optional<LockedSection> enter() {
        return LockedSection.enter(context, "apply", RunListener.NONE, report);
    }

    private Optional<String> announced() {
        return ((InstanceRead.Found) instances.read("a")).instance().record().lockId();
    }

    private Optional<String> held() {
        return context.lock().observe() instanceof LockObservation.Held held
                ? Optional.of(held.document().lockId())
                : Optional.empty();
    }

    private List<DiagnosticCode> codes() {
        return report.diagnostics().stream().map(Diagnostic::code).toList();
    }

    @Test
    void theLockIsAnnouncedBeforeItIsAskedFor() {
        List<Boolean> announcedFirst = new ArrayList<>();
        store.disturb((call, key) -> {
            if (call == StoreCall.PUT_IF_ABSENT && key.equals(ControlKeys.LOCK)) {
                announcedFirst.add(announced().isPresent());
            }
            return StoreFault.NONE;
        });

        try (LockedSection section = enter().orElseThrow()) {
            assertThat(announcedFirst).containsExactly(true);
            assertThat(announced()).isEqualTo(held()).isPresent();
            assertThat(section.mayAct(report)).isTrue();
        }
        heartbeat.beat();
        assertThat(announced()).isEmpty();
        assertThat(held()).isEmpty();
    }

    @Test
    void whereTheAnnouncementIsNotStoredTheLockIsNotAskedFor() {
        store.disturb((call, key) -> call == StoreCall.PUT_IF_MATCH ? StoreFault.REQUEST_LOST : StoreFault.NONE);

        assertThatThrownBy(this::enter).isInstanceOf(StorageUnavailableException.class);

        store.calm();
        assertThat(held()).isEmpty();
        try (LockedSection section = enter().orElseThrow()) {
            assertThat(section.mayAct(report)).isTrue();
        }
    }

    /** What a process does that was stopped for so long that another took its place. */
    @Test
    void whoWasTakenOverDoesNothingMore() throws InterruptedException {
        try (LockedSection section = enter().orElseThrow()) {
            Heartbeat next = begin(1); // while this process stands still
            assertThat(next.lockId()).isEqualTo(held());

            assertThat(section.mayAct(report)).isFalse();
        }
        assertThat(codes()).containsExactly(DiagnosticCode.INSTANCE_TAKEN_OVER);
        assertThat(enter()).isEmpty();
        assertThat(codes()).containsExactly(DiagnosticCode.INSTANCE_TAKEN_OVER, DiagnosticCode.INSTANCE_TAKEN_OVER);
        assertThat(held()).isEmpty();
    }

    @Test
    void whereThatIsNotKnownNothingIsDoneEither() {
        try (LockedSection section = enter().orElseThrow()) {
            time.pass(TIMING.silence());
            store.disturb((call, key) -> call == StoreCall.PUT_IF_MATCH ? StoreFault.REQUEST_LOST : StoreFault.NONE);

            assertThat(section.mayAct(report)).isFalse();
            assertThat(codes()).containsExactly(DiagnosticCode.STORAGE_UNAVAILABLE);
        }
    }

    @Test
    void whoseOperationIsNotOursAnyMoreDoesNothingMore() {
        RunListener taken = new RunListener() {
            @Override
            public void proveOurs() {
                throw new IllegalStateException("taken");
            }
        };
        assertThatThrownBy(() -> {
                    try (LockedSection section =
                            LockedSection.enter(context, "apply", taken, report).orElseThrow()) {
                        section.mayAct(report);
                    }
                })
                .hasMessage("taken");
        assertThat(held()).isEmpty();
    }

    @Test
    void aLockWhoseAnswerWasLostIsTakenBackByTheNextCommand() {
        store.disturb((call, key) -> call == StoreCall.PUT_IF_ABSENT && key.equals(ControlKeys.LOCK)
                ? StoreFault.LANDS_LATE
                : StoreFault.NONE);
        assertThatThrownBy(this::enter).isInstanceOf(StorageUnavailableException.class);
        store.calm();
        store.landLateCalls();
        assertThat(held()).isEqualTo(announced()).isPresent();

        try (LockedSection section = enter().orElseThrow()) {
            assertThat(section.mayAct(report)).isTrue();
            assertThat(held()).isEqualTo(announced());
        }
        assertThat(held()).isEmpty();
    }

    @Test
    void aLockThatIsToStayIsNobodysToTakeBack() {
        try (LockedSection section = enter().orElseThrow()) {
            section.keepHeld();
        }

        assertThat(held()).isPresent();
        assertThat(announced()).isEmpty();
        assertThat(enter()).isEmpty();
        assertThat(codes()).containsExactly(DiagnosticCode.STATE_LOCK_HELD);
    }

    @Test
    void whatGoesWrongWithTheReleaseKeepsNobodyFromItsTurn() {
        FaultPoints atTheRelease = point -> {
            if (point == FaultPoint.CLUSTER_STORE_AFTER_LOCK_DELETE) {
                throw new InjectedFaultException(point);
            }
        };
        context = context(Duration.ZERO, new FaultPointStore(store, atTheRelease));
        LockedSection section = enter().orElseThrow();

        assertThatThrownBy(section::close).isInstanceOf(InjectedFaultException.class);

        assertThat(enter()).isPresent();
    }

    @Test
    void aLockThatCannotBeReleasedIsToldOfAndTakenBackByTheNextCommand() {
        store.disturb((call, key) -> call == StoreCall.DELETE_IF_MATCH && key.equals(ControlKeys.LOCK)
                ? StoreFault.REQUEST_LOST
                : StoreFault.NONE);

        Optional<String> made = LockedSection.during(
                context, "apply", RunListener.NONE, report, section -> Optional.of("what the work makes"));

        assertThat(made).contains("what the work makes");
        assertThat(codes()).containsExactly(DiagnosticCode.STATE_LOCK_NOT_RELEASED);
        assertThat(report.diagnostics().get(0).message()).contains(held().orElseThrow());
        assertThat(report.hasErrors()).isFalse();
        store.calm();
        try (LockedSection section = enter().orElseThrow()) {
            assertThat(section.mayAct(report)).isTrue();
        }
        assertThat(held()).isEmpty();
    }

    /** Each of many commands waits for its turn, and gets the lock in the order in which it came. */
    @Test
    void commandsOfOneProcessGetTheLockInTurn() throws InterruptedException {
        context = context(LONG);
        LockedSection first = enter().orElseThrow();
        List<Integer> order = new CopyOnWriteArrayList<>();
        List<Thread> waiting = new ArrayList<>();
        for (int number : IntStream.range(0, 8).toArray()) {
            CountDownLatch begun = new CountDownLatch(1);
            Thread thread = new Thread(() -> {
                begun.countDown();
                try (LockedSection section = LockedSection.enter(
                                context, "apply", RunListener.NONE, new CommandReport(context.root()))
                        .orElseThrow()) {
                    order.add(section.mayAct(new CommandReport(context.root())) ? number : -1);
                }
            });
            thread.start();
            begun.await();
            while (thread.getState() != Thread.State.TIMED_WAITING) {
                Thread.onSpinWait();
            }
            waiting.add(thread);
        }

        first.close();
        for (Thread thread : waiting) {
            thread.join();
        }

        assertThat(order).containsExactly(0, 1, 2, 3, 4, 5, 6, 7);
    }

    @Test
    void theLockOfAnotherIsLeft() {
        ObjectKey lock = ControlKeys.LOCK;
        store.putIfAbsent(lock, "{}".getBytes(StandardCharsets.UTF_8));

        assertThat(enter()).isEmpty();
        assertThat(store.get(lock)).isInstanceOf(GetOutcome.Found.class);
    }
}
