package dev.omnigraph.controlplane.instance;

import static org.assertj.core.api.Assertions.assertThat;

import dev.omnigraph.controlplane.ledger.ControlKeys;
import dev.omnigraph.controlplane.operation.OperationOwner;
import dev.omnigraph.controlplane.storage.GetOutcome;
import dev.omnigraph.controlplane.storage.ObjectKey;
import dev.omnigraph.controlplane.storage.StoreCall;
import dev.omnigraph.controlplane.storage.memory.MemoryObjectStore;
import dev.omnigraph.controlplane.storage.memory.StoreFault;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class InstanceStartTest {

    private static final ObjectKey KEY = ControlKeys.CONTROL.child("instance").child("a.json");
    private static final HeartbeatTiming TIMING = new HeartbeatTiming(Duration.ofSeconds(5));

    private final MemoryObjectStore objects = new MemoryObjectStore();
    private final InstanceStore store = new InstanceStore(objects);
    private final TestTime time = new TestTime();

    private OperationOwner process(int number) {
        return new OperationOwner("a", "host-a", time.instant().minusSeconds(number));
    }

    private InstanceStart.Outcome start(OperationOwner process) throws InterruptedException {
        return new InstanceStart(store, time, time, TIMING).begin(process, "1.0");
    }

    private Heartbeat begun(OperationOwner process) throws InterruptedException {
        return ((InstanceStart.Outcome.Begun) start(process)).heartbeat();
    }

    private InstanceRecord stored() {
        return ((InstanceRead.Found) store.read("a")).instance().record();
    }

    @Test
    void aNewNameIsTakenAtOnce() throws InterruptedException {
        OperationOwner process = process(0);

        InstanceStart.Outcome outcome = start(process);

        assertThat(outcome).isInstanceOf(InstanceStart.Outcome.Begun.class);
        assertThat(((InstanceStart.Outcome.Begun) outcome).earlier()).isEmpty();
        assertThat(((GetOutcome.Found) objects.get(KEY)).object().text().orElseThrow())
                .isEqualTo("""
                        {
                          "format": 1,
                          "instance": "a",
                          "host": "host-a",
                          "process_start": "2026-11-25T10:00:00Z",
                          "version": "1.0",
                          "heartbeat": 1,
                          "heartbeat_at": "2026-11-25T10:00:00Z",
                          "lock_id": null,
                          "stopped": false
                        }
                        """);
    }

    @Test
    void whoStoppedIsReplacedAtOnce() throws InterruptedException {
        begun(process(9)).stop();
        var before = time.instant();

        assertThat(start(process(0))).isInstanceOf(InstanceStart.Outcome.Begun.class);
        assertThat(time.instant()).isEqualTo(before);
    }

    @Test
    void whoDiedIsReplacedAfterThreeIntervalsAndItsLockStaysNamed() throws InterruptedException {
        assertThat(begun(process(9)).want("lock-1")).isEqualTo(Heartbeat.Beat.GIVEN);
        var before = time.instant();

        Heartbeat next = begun(process(0));

        assertThat(Duration.between(before, time.instant())).isEqualTo(Duration.ofSeconds(15));
        assertThat(next.lockId()).contains("lock-1");
        assertThat(stored().lockId()).contains("lock-1");
        next.forgetLock();
        next.beat();
        assertThat(stored().lockId()).isEmpty();
    }

    @Test
    void aNameWhoseProcessLivesIsNotTaken() throws InterruptedException {
        Heartbeat other = begun(process(9));
        time.inNextPause(() -> {});
        time.inNextPause(other::beat);

        InstanceStart.Outcome outcome = start(process(0));

        assertThat(outcome)
                .isInstanceOfSatisfying(
                        InstanceStart.Outcome.Duplicate.class,
                        duplicate -> assertThat(duplicate.other().process()).isEqualTo(other.process()));
        assertThat(other.beat()).isEqualTo(Heartbeat.Beat.GIVEN);
    }

    @Test
    void whoStopsWhileWaitedForIsReplacedThen() throws InterruptedException {
        Heartbeat other = begun(process(9));
        time.inNextPause(other::stop);

        assertThat(start(process(0))).isInstanceOf(InstanceStart.Outcome.Begun.class);
        assertThat(other.beat()).isEqualTo(Heartbeat.Beat.LOST);
    }

    @Test
    void ofTwoStartsAtOnceOneHasTheName() throws InterruptedException {
        begun(process(9));
        for (int pause = 0; pause < 11; pause++) {
            time.inNextPause(() -> {});
        }
        OperationOwner faster = process(5);
        time.inNextPause(() -> {
            StoredInstance dead = ((InstanceRead.Found) store.read("a")).instance();
            store.replace(dead, InstanceRecord.first(faster, "1.0", time.instant(), Optional.empty()));
        });

        assertThat(start(process(0))).isInstanceOf(InstanceStart.Outcome.Duplicate.class);
        assertThat(stored().process()).isEqualTo(faster);
    }

    @ParameterizedTest
    @EnumSource(
            value = StoreFault.class,
            names = {"REFUSED", "REQUEST_LOST", "ANSWER_LOST"})
    void whereTheStoreDoesNotAnswerNothingBegins(StoreFault fault) throws InterruptedException {
        objects.disturb((call, key) -> call == StoreCall.PUT_IF_ABSENT ? fault : StoreFault.NONE);

        assertThat(start(process(0))).isInstanceOf(InstanceStart.Outcome.Unavailable.class);
    }

    @Test
    void whatCannotBeUnderstoodIsLeft() throws InterruptedException {
        objects.putIfAbsent(KEY, "{\"format\": 2}".getBytes(StandardCharsets.UTF_8));

        assertThat(start(process(0))).isInstanceOf(InstanceStart.Outcome.Unreadable.class);
    }

    @Test
    void whoseInstanceIsTakenOverLearnsItBeforeItsNextStep() throws InterruptedException {
        Heartbeat paused = begun(process(9));
        assertThat(paused.prove()).isEqualTo(Heartbeat.Beat.GIVEN);
        begun(process(0)); // fifteen seconds pass

        assertThat(paused.isLost()).isFalse();
        assertThat(paused.prove()).isEqualTo(Heartbeat.Beat.LOST);
        assertThat(paused.isLost()).isTrue();
        assertThat(paused.want("lock-2")).isEqualTo(Heartbeat.Beat.LOST);
        paused.stop();
        assertThat(stored().stopped()).isFalse();
    }

    @Test
    void aFreshSignIsProofWithoutARequest() throws InterruptedException {
        Heartbeat heartbeat = begun(process(0));
        objects.disturb((call, key) -> StoreFault.REQUEST_LOST);

        time.pass(TIMING.interval());
        assertThat(heartbeat.prove()).isEqualTo(Heartbeat.Beat.GIVEN);
        time.pass(TIMING.interval());
        assertThat(heartbeat.prove()).isEqualTo(Heartbeat.Beat.UNSETTLED);
        objects.calm();
        assertThat(heartbeat.prove()).isEqualTo(Heartbeat.Beat.GIVEN);
    }

    /** A sign whose answer was lost stands there: the next one goes over it, and nobody else is suspected. */
    @ParameterizedTest
    @EnumSource(
            value = StoreFault.class,
            names = {"REQUEST_LOST", "ANSWER_LOST", "LANDS_LATE"})
    void anUnclearSignIsFollowedByAnother(StoreFault fault) throws InterruptedException {
        Heartbeat heartbeat = begun(process(0));
        objects.disturbOnce(StoreCall.PUT_IF_MATCH, KEY, fault);

        assertThat(heartbeat.beat()).isEqualTo(Heartbeat.Beat.UNSETTLED);
        objects.landLateCalls();
        assertThat(heartbeat.beat()).isEqualTo(Heartbeat.Beat.GIVEN);
        assertThat(heartbeat.beat()).isEqualTo(Heartbeat.Beat.GIVEN);
        assertThat(heartbeat.isLost()).isFalse();
    }

    @Test
    void whoseRecordIsRemovedHasNoInstanceAnyMore() throws InterruptedException {
        Heartbeat heartbeat = begun(process(0));
        objects.delete(KEY);

        assertThat(heartbeat.beat()).isEqualTo(Heartbeat.Beat.LOST);
    }
}
