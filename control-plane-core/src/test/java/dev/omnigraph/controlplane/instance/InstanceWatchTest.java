package dev.omnigraph.controlplane.instance;

import static org.assertj.core.api.Assertions.assertThat;

import dev.omnigraph.controlplane.operation.OperationOwner;
import dev.omnigraph.controlplane.storage.CountingObjectStore;
import dev.omnigraph.controlplane.storage.StoreCall;
import dev.omnigraph.controlplane.storage.memory.MemoryObjectStore;
import dev.omnigraph.controlplane.storage.memory.StoreFault;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Another process, as this one sees it: alive while its counter moves, silent once it stood still for three intervals. */
class InstanceWatchTest {

    private static final HeartbeatTiming TIMING = new HeartbeatTiming(Duration.ofSeconds(5));

    private static final OperationOwner SELF = new OperationOwner("a", "host-a", Instant.EPOCH);

    private final MemoryObjectStore objects = new MemoryObjectStore();
    private final CountingObjectStore counted = new CountingObjectStore(objects);
    private final InstanceStore store = new InstanceStore(counted);
    private final TestTime time = new TestTime();
    private final InstanceWatch watch = new InstanceWatch(store, time, TIMING);
    private final OperationOwner process = new OperationOwner("b", "host-b", time.instant());
    private Heartbeat other;

    @BeforeEach
    void start() throws InterruptedException {
        other = ((InstanceStart.Outcome.Begun) new InstanceStart(store, time, time, TIMING).begin(process, "1.0"))
                .heartbeat();
    }

    private Liveness liveness() {
        return watch.of(process).orElseThrow().liveness();
    }

    private void lookAfterAnInterval() {
        time.pass(TIMING.interval());
        assertThat(watch.look()).isEmpty();
    }

    @Test
    void nothingIsSaidOfWhatWasSeenOnce() {
        watch.look();

        assertThat(liveness()).isEqualTo(Liveness.NOT_KNOWN_YET);
        assertThat(watch.mayBeAtWork(process)).isTrue();
    }

    @Test
    void whoMovesLivesAndWhoStandsStillIsSilent() {
        watch.look();
        other.beat();
        lookAfterAnInterval();
        assertThat(liveness()).isEqualTo(Liveness.ALIVE);

        lookAfterAnInterval();
        lookAfterAnInterval();
        assertThat(liveness()).isEqualTo(Liveness.ALIVE);
        lookAfterAnInterval();
        assertThat(liveness()).isEqualTo(Liveness.SILENT);
        assertThat(watch.mayBeAtWork(process)).isFalse();
        assertThat(watch.fallenSilent(SELF)).containsExactly(process);
        assertThat(watch.fallenSilent(process))
                .as("whose own signs are late does not take itself for gone")
                .isEmpty();

        watch.acknowledge(watch.fallenSilent(SELF));
        assertThat(watch.fallenSilent(SELF)).isEmpty();
        other.beat();
        lookAfterAnInterval();
        assertThat(liveness()).isEqualTo(Liveness.ALIVE);
    }

    /** This process slept, or the store did not answer: nothing was looked at in vain. */
    @Test
    void whoIsNotLookedAtIsNotSilent() {
        watch.look();
        other.beat();
        lookAfterAnInterval();
        time.pass(Duration.ofHours(1));
        assertThat(liveness()).isEqualTo(Liveness.ALIVE);

        objects.disturb((call, key) -> StoreFault.REQUEST_LOST);
        assertThat(watch.look()).isPresent();
        assertThat(liveness()).isEqualTo(Liveness.ALIVE);
    }

    @Test
    void whoStoppedOrWasReplacedIsNotAtWork() throws InterruptedException {
        watch.look();
        other.stop();
        lookAfterAnInterval();
        assertThat(liveness()).isEqualTo(Liveness.STOPPED);
        assertThat(watch.mayBeAtWork(process)).isFalse();

        OperationOwner next = new OperationOwner("b", "host-b", time.instant());
        new InstanceStart(store, time, time, TIMING).begin(next, "1.0");
        assertThat(watch.mayBeAtWork(process)).isFalse();
        assertThat(watch.mayBeAtWork(next))
                .as("found though it began since the last look")
                .isTrue();
    }

    @Test
    void whoHasNoRecordIsNotAtWorkAndWhoCannotBeAskedForMayBe() {
        OperationOwner stranger = new OperationOwner("c", "host-c", time.instant());
        assertThat(watch.mayBeAtWork(stranger)).isFalse();

        objects.disturb((call, key) -> StoreFault.REQUEST_LOST);
        assertThat(watch.mayBeAtWork(stranger)).isTrue();
    }

    @Test
    void theHolderOfALockIsFoundAtOnce() {
        watch.look();
        other.want("lock-1");

        assertThat(watch.holder("lock-1").orElseThrow().record().process()).isEqualTo(process);
        assertThat(watch.holder("lock-2")).isEmpty();
    }

    @Test
    void whatTheListingShowsUnchangedIsNotRead() {
        watch.look();
        counted.reset();

        lookAfterAnInterval();
        assertThat(counted.calls(StoreCall.LIST)).isEqualTo(1);
        assertThat(counted.calls()).isEqualTo(1);
        other.beat();
        counted.reset();
        lookAfterAnInterval();
        assertThat(counted.calls(StoreCall.GET)).isEqualTo(1);
    }
}
