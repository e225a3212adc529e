package dev.omnigraph.controlplane.session;

import static org.assertj.core.api.Assertions.assertThat;

import dev.omnigraph.controlplane.fault.FaultPoints;
import dev.omnigraph.controlplane.graph.MemoryGraphEngine;
import dev.omnigraph.controlplane.id.Pause;
import dev.omnigraph.controlplane.id.UlidSource;
import dev.omnigraph.controlplane.instance.Presence;
import dev.omnigraph.controlplane.ledger.ControlKeys;
import dev.omnigraph.controlplane.storage.CountingObjectStore;
import dev.omnigraph.controlplane.storage.ForwardingObjectStore;
import dev.omnigraph.controlplane.storage.ListOutcome;
import dev.omnigraph.controlplane.storage.ObjectKey;
import dev.omnigraph.controlplane.storage.ObjectStore;
import dev.omnigraph.controlplane.storage.StorageRoot;
import dev.omnigraph.controlplane.storage.memory.MemoryObjectStore;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What is asked for at the same time, and what is made of a listing that may be older than the ledger. */
@Timeout(60)
class SightTest {

    private final MemoryObjectStore store = new MemoryObjectStore();
    private final CountingObjectStore counted = new CountingObjectStore(store);

    private static ClusterContext context(ObjectStore store, Executor threads) {
        return new ClusterContext(
                new StorageRoot.Folder(Path.of("/memory")),
                store,
                new MemoryGraphEngine(store),
                InstantSource.system(),
                new UlidSource(),
                Pause.REAL,
                FaultPoints.NONE,
                threads,
                new CommandSettings(Duration.ZERO, 4242, false),
                Presence.ALONE);
    }

    /** No listing is answered before each of so many was asked for. */
    private static final class AnswersTogether extends ForwardingObjectStore {

        private final CyclicBarrier together;

        AnswersTogether(ObjectStore store, int listings) {
            super(store);
            this.together = new CyclicBarrier(listings);
        }

        @Override
        public ListOutcome list(ObjectKey prefix) {
            try {
                together.await(30, TimeUnit.SECONDS);
            } catch (Exception e) {
                return new ListOutcome.Unknown("it was asked for alone: " + e);
            }
            return super.list(prefix);
        }
    }

    @Test
    void underTheLockEverythingIsAskedForInOneRoundTrip() {
        ExecutorService threads = Executors.newFixedThreadPool(2);
        try {
            ClusterContext context = context(new AnswersTogether(store, 3), threads);
            CommandReport report = new CommandReport(context.root());

            Optional<Boolean> seen = LockedSection.duringWithSight(
                    context,
                    "apply",
                    RunListener.NONE,
                    report,
                    (lock, control, sight) -> Optional.of(
                            sight.cluster().isLocked() && sight.roots(Set.of()).equals(sight.roots(Set.of()))));

            assertThat(report.diagnostics()).isEmpty();
            assertThat(seen).contains(true);
        } finally {
            threads.shutdown();
        }
    }

    @Test
    void aPlanAsksForWhatItNeedsInOneRoundTrip() {
        ExecutorService threads = Executors.newFixedThreadPool(2);
        try {
            Sight sight = Sight.begin(context(new AnswersTogether(store, 2), threads));

            assertThat(sight.cluster().hasLedger()).isFalse();
            assertThat(sight.roots(Set.of()).isStored("people")).isFalse();
        } finally {
            threads.shutdown();
        }
    }

    @Test
    void aRecordedGraphThatTheListingDoesNotShowIsLookedForOnceMore() {
        Sight sight = Sight.begin(context(counted, Runnable::run));
        store.putIfAbsent(new ObjectKey("graphs/people.omni/_schema.pg"), new byte[] {'x'});
        counted.reset();

        assertThat(sight.roots(Set.of()).isStored("people")).isFalse();
        assertThat(counted.calls()).isZero();
        assertThat(sight.roots(Set.of("people")).isStored("people")).isTrue();
        assertThat(counted.calls()).isEqualTo(1);
    }

    @Test
    void aListingThatIsNotNeededMayFail() {
        List<ObjectKey> refused = List.of(ControlKeys.GRAPHS);
        ObjectStore refusing = new ForwardingObjectStore(store) {
            @Override
            public ListOutcome list(ObjectKey prefix) {
                return refused.contains(prefix) ? new ListOutcome.Unknown("refused") : super.list(prefix);
            }
        };

        assertThat(Sight.begin(context(refusing, Runnable::run)).cluster().hasLedger())
                .isFalse();
    }
}
