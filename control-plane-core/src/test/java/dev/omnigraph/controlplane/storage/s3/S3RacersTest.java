package dev.omnigraph.controlplane.storage.s3;

import static org.assertj.core.api.Assertions.assertThat;

import dev.omnigraph.controlplane.id.Pause;
import dev.omnigraph.controlplane.id.UlidSource;
import dev.omnigraph.controlplane.ledger.ClusterLock;
import dev.omnigraph.controlplane.ledger.ControlKeys;
import dev.omnigraph.controlplane.ledger.Ledger;
import dev.omnigraph.controlplane.ledger.LedgerRead;
import dev.omnigraph.controlplane.ledger.LedgerStore;
import dev.omnigraph.controlplane.ledger.LedgerWrite;
import dev.omnigraph.controlplane.ledger.LockAttempt;
import dev.omnigraph.controlplane.ledger.LockObservation;
import dev.omnigraph.controlplane.ledger.StoredLedger;
import dev.omnigraph.controlplane.storage.DeleteOutcome;
import dev.omnigraph.controlplane.storage.ObjectStore;
import dev.omnigraph.controlplane.storage.StorageRoot;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Thirty-two callers at the same moment, each with bytes of its own: one has the lock, one writes the ledger. */
class S3RacersTest {

    private static final EmbeddedS3 EMBEDDED = new EmbeddedS3();
    private static final int RACERS = 32;
    private static final int ROUNDS = 3;
    /** Of a hundred requests so many go wrong. */
    private static final int FAULTS_IN_HUNDRED = 30;

    @AfterAll
    static void close() {
        EMBEDDED.close();
    }

    @Test
    void oneWinsOnTheEmbeddedServer() throws Exception {
        lockHasOneHolder(EMBEDDED);
        ledgerHasOneWriter(EMBEDDED);
    }

    static List<S3Server> serversOfOthers() {
        return IndependentServers.all();
    }

    @ParameterizedTest
    @MethodSource("serversOfOthers")
    void oneWinsOnAServerOfOthers(S3Server server) throws Exception {
        lockHasOneHolder(server);
        ledgerHasOneWriter(server);
    }

    /**
     * Where requests go wrong some callers end without knowing; nobody claims what another has. With these seeds every fault
     * comes among the first eighty requests.
     */
    @ParameterizedTest
    @ValueSource(longs = {2, 3, 5})
    void nobodyWinsWronglyUnderFaults(long seed) throws Exception {
        StorageRoot.Bucket root = TestBucket.freshRoot();
        try (EmbeddedS3 server = new EmbeddedS3();
                S3ObjectStore quiet = TestBucket.open(server, root);
                S3ObjectStore store = TestBucket.open(
                        server, root, TestBucket.settings(server), pause -> {}, ObjectStore.MAX_ENTRIES)) {
            StoredLedger base = created(quiet);
            RandomFaults faults = RandomFaults.quick(seed, FAULTS_IN_HUNDRED);
            server.disturb(faults);
            List<LockAttempt> attempts =
                    race(racer -> lock(store, racer).acquire(new UlidSource().nextUlid(), "apply", Instant.EPOCH));
            List<LedgerWrite> writes = race(racer -> replace(store, base, changed(base, racer)));
            server.disturb((method, key) -> ServerFault.NONE);

            assertHolder(attempts, lock(quiet, 0).observe());
            assertWriter(writes, present(quiet));
            assertThat(faults.injected()).containsKeys(RandomFaults.QUICK.toArray(ServerFault[]::new));
        }
    }

    private static LedgerWrite replace(S3ObjectStore store, StoredLedger base, Ledger next) {
        LedgerStore ledgers = new LedgerStore(store);
        return ledgers.replace(ledgers.keep(base), next);
    }

    private static void assertHolder(List<LockAttempt> attempts, LockObservation seen) {
        List<String> winners = acquired(attempts);
        assertThat(winners).hasSizeLessThanOrEqualTo(1);
        if (!winners.isEmpty()) {
            assertThat(((LockObservation.Held) seen).document().lockId()).isEqualTo(winners.get(0));
        } else {
            assertThat(attempts).hasAtLeastOneElementOfType(LockAttempt.Unknown.class);
        }
    }

    private static void assertWriter(List<LedgerWrite> writes, StoredLedger seen) {
        List<String> winners = written(writes);
        assertThat(winners).hasSizeLessThanOrEqualTo(1);
        if (!winners.isEmpty()) {
            assertThat(seen.cas()).isEqualTo(winners.get(0));
        } else {
            assertThat(writes).hasAtLeastOneElementOfType(LedgerWrite.Unknown.class);
        }
    }

    private static void lockHasOneHolder(S3Server server) throws Exception {
        try (S3ObjectStore store = TestBucket.open(server, TestBucket.freshRoot())) {
            for (int round = 0; round < ROUNDS; round++) {
                List<LockAttempt> attempts =
                        race(racer -> lock(store, racer).acquire(new UlidSource().nextUlid(), "apply", Instant.EPOCH));

                assertThat(acquired(attempts)).hasSize(1);
                assertThat(attempts.stream().filter(LockAttempt.HeldByAnother.class::isInstance))
                        .hasSize(RACERS - 1);
                assertHolder(attempts, lock(store, 0).observe());
                assertThat(store.delete(ControlKeys.LOCK)).isEqualTo(new DeleteOutcome.Done());
            }
        }
    }

    private static void ledgerHasOneWriter(S3Server server) throws Exception {
        try (S3ObjectStore store = TestBucket.open(server, TestBucket.freshRoot())) {
            List<LedgerWrite> first = race(racer -> new LedgerStore(store).create(changed(Ledger.EMPTY, racer)));
            assertThat(written(first)).hasSize(1);
            for (int round = 0; round < ROUNDS; round++) {
                StoredLedger base = present(store);
                List<LedgerWrite> writes = race(racer -> replace(store, base, changed(base, racer)));

                assertThat(written(writes)).hasSize(1);
                assertThat(writes.stream().filter(LedgerWrite.Lost.class::isInstance))
                        .hasSize(RACERS - 1);
                assertWriter(writes, present(store));
            }
        }
    }

    private static StoredLedger created(ObjectStore store) {
        return ((LedgerWrite.Written) new LedgerStore(store).create(Ledger.EMPTY)).stored();
    }

    private static StoredLedger present(ObjectStore store) {
        return ((LedgerRead.Present) new LedgerStore(store).read()).stored();
    }

    private static Ledger changed(StoredLedger base, int racer) {
        return changed(base.ledger(), racer);
    }

    private static Ledger changed(Ledger base, int racer) {
        return new Ledger(
                base.revision() + 1,
                Optional.of("sha256:racer-" + racer + "-" + base.revision()),
                base.resources(),
                base.statuses(),
                base.approvalRecords(),
                base.recoveryRecords(),
                base.observations());
    }

    private static ClusterLock lock(ObjectStore store, int racer) {
        return new ClusterLock(store, Clock.systemUTC(), new UlidSource(), Pause.REAL, racer);
    }

    private static List<String> acquired(List<LockAttempt> attempts) {
        return attempts.stream()
                .filter(LockAttempt.Acquired.class::isInstance)
                .map(attempt -> ((LockAttempt.Acquired) attempt).lock().id())
                .toList();
    }

    private static List<String> written(List<LedgerWrite> writes) {
        return writes.stream()
                .filter(LedgerWrite.Written.class::isInstance)
                .map(write -> ((LedgerWrite.Written) write).stored().cas())
                .toList();
    }

    @FunctionalInterface
    private interface Racer<T> {
        T run(int racer) throws Exception;
    }

    private static <T> List<T> race(Racer<T> racer) throws Exception {
        CyclicBarrier barrier = new CyclicBarrier(RACERS);
        ExecutorService executor = Executors.newFixedThreadPool(RACERS);
        try {
            List<Callable<T>> calls = new ArrayList<>();
            for (int i = 0; i < RACERS; i++) {
                int number = i;
                calls.add(() -> {
                    barrier.await();
                    return racer.run(number);
                });
            }
            List<T> results = new ArrayList<>();
            for (Future<T> result : executor.invokeAll(calls)) {
                results.add(result.get());
            }
            return results;
        } finally {
            executor.shutdownNow();
        }
    }
}
