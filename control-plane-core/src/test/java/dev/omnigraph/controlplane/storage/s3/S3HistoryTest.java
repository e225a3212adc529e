package dev.omnigraph.controlplane.storage.s3;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.omnigraph.controlplane.storage.GetOutcome;
import dev.omnigraph.controlplane.storage.ObjectKey;
import dev.omnigraph.controlplane.storage.PutOutcome;
import dev.omnigraph.controlplane.storage.StorageRoot;
import dev.omnigraph.controlplane.storage.s3.HistoryOperation.Call;
import dev.omnigraph.controlplane.storage.s3.HistoryOperation.Outcome;
import dev.omnigraph.controlplane.testing.ChildJvm;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Histories of several processes that take a lock and replace a register in one bucket, while requests go wrong. */
class S3HistoryTest {

    private static final String FIRST_VALUE = "first";
    private static final int PROCESSES = 3;
    /** Of each thread: it takes or fails to take the lock, replaces or fails to replace the register, gives the lock back. */
    private static final int ROUNDS = 112;
    /** As many as the lock was asked for and the register was to be replaced. */
    private static final int LOCK_AND_CAS_OPERATIONS = 2 * PROCESSES * HistoryProcess.THREADS * ROUNDS;

    private static final int FAULTS_IN_HUNDRED = 16;
    private static final int SILENT_EACH = 700;

    private final List<HistoryOperation> history = new ArrayList<>();

    @Test
    void aHistoryUnderFaultsIsLinearizable() {
        RandomFaults faults = new RandomFaults(7, FAULTS_IN_HUNDRED, SILENT_EACH);
        try (EmbeddedS3 server = new EmbeddedS3()) {
            record(server, faults, PROCESSES, ROUNDS);
        }

        assertThat(LOCK_AND_CAS_OPERATIONS).isGreaterThanOrEqualTo(2000);
        assertThat(history)
                .filteredOn(operation ->
                        operation.call() == Call.WRITE_IF_ABSENT || operation.call() == Call.WRITE_IF_MATCH)
                .hasSize(1 + LOCK_AND_CAS_OPERATIONS);
        assertThat(history).extracting(HistoryOperation::outcome).contains(Outcome.DONE, Outcome.LOST);
        assertThat(faults.injected())
                .containsKeys(RandomFaults.QUICK.toArray(ServerFault[]::new))
                .containsKey(ServerFault.SLOW_ANSWER);
        assertThat(Linearizability.violations(history)).isEmpty();
        assertThat(history.get(history.size() - 1).value())
                .as("the lock in the end")
                .isEmpty();
    }

    /** What one such process does on a store that ignores the conditions of writes is no such history. */
    @Test
    void aStoreThatIgnoresConditionsIsFoundOut() {
        try (EmbeddedS3 server = new EmbeddedS3()) {
            server.ignoreConditionsOf("PUT");
            record(server, (method, key) -> ServerFault.NONE, 1, 10);
        }

        assertThat(Linearizability.violations(history)).hasSize(2);
    }

    private void record(EmbeddedS3 server, EmbeddedS3.Disturbance faults, int processes, int rounds) {
        StorageRoot.Bucket root = TestBucket.freshRoot();
        try (S3ObjectStore quiet = TestBucket.open(server, root)) {
            long from = System.nanoTime();
            assertThat(quiet.putIfAbsent(HistoryProcess.REGISTER, FIRST_VALUE.getBytes(UTF_8)))
                    .isInstanceOf(PutOutcome.Done.class);
            history.add(new HistoryOperation(
                    HistoryProcess.REGISTER.path(),
                    Call.WRITE_IF_ABSENT,
                    from,
                    System.nanoTime(),
                    Optional.empty(),
                    Optional.of(FIRST_VALUE),
                    Outcome.DONE));
            server.disturb(faults);
            run(server, root, processes, rounds);
            server.disturb((method, key) -> ServerFault.NONE);
            history.add(read(quiet, HistoryProcess.REGISTER));
            history.add(read(quiet, HistoryProcess.LOCK));
        }
    }

    private void run(EmbeddedS3 server, StorageRoot.Bucket root, int count, int rounds) {
        List<ChildJvm> processes = new ArrayList<>();
        try {
            for (int number = 0; number < count; number++) {
                processes.add(ChildJvm.start(
                        HistoryProcess.class, server.endpoint(), root.prefix(), "process" + number, rounds));
            }
            for (ChildJvm process : processes) {
                for (String line = process.awaitLine(); !line.equals("done"); line = process.awaitLine()) {
                    history.add(HistoryOperation.parse(line));
                }
            }
        } finally {
            processes.forEach(ChildJvm::close);
        }
    }

    private static HistoryOperation read(S3ObjectStore store, ObjectKey key) {
        long from = System.nanoTime();
        Optional<String> text = store.get(key) instanceof GetOutcome.Found found
                ? found.object().text()
                : Optional.empty();
        return new HistoryOperation(
                key.path(), Call.READ, from, System.nanoTime(), Optional.empty(), text, Outcome.DONE);
    }
}
