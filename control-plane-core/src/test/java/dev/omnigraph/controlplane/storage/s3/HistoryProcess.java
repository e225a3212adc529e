package dev.omnigraph.controlplane.storage.s3;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.omnigraph.controlplane.storage.DeleteOutcome;
import dev.omnigraph.controlplane.storage.GetOutcome;
import dev.omnigraph.controlplane.storage.ObjectKey;
import dev.omnigraph.controlplane.storage.ObjectStore;
import dev.omnigraph.controlplane.storage.PutOutcome;
import dev.omnigraph.controlplane.storage.StorageRoot;
import dev.omnigraph.controlplane.storage.StoredObject;
import dev.omnigraph.controlplane.storage.VersionTag;
import dev.omnigraph.controlplane.storage.s3.HistoryOperation.Call;
import dev.omnigraph.controlplane.storage.s3.HistoryOperation.Outcome;
import dev.omnigraph.controlplane.storage.s3.S3Settings.DeleteMode;
import dev.omnigraph.controlplane.storage.s3.S3Settings.Timeouts;
import java.net.URI;
import java.time.Duration;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * Takes and gives back a lock, and replaces a register, again and again, and writes to standard output what it did, as lines of
 * {@link HistoryOperation}. Every value is written at most once by anybody.
 */
final class HistoryProcess {

    static final ObjectKey LOCK = new ObjectKey("lock");
    static final ObjectKey REGISTER = new ObjectKey("register");
    static final int THREADS = 3;

    /** An answer that does not come is given up soon; one that is only late on a busy machine is not. */
    private static final Timeouts TIMEOUTS =
            new Timeouts(Duration.ofSeconds(5), Duration.ofSeconds(4), Duration.ofSeconds(20));

    private final ObjectStore store;
    private final String name;

    private HistoryProcess(ObjectStore store, String name) {
        this.store = store;
        this.name = name;
    }

    /** Arguments: endpoint, prefix, name, rounds of each thread. */
    public static void main(String[] arguments) throws InterruptedException {
        S3Server server = new EmbeddedS3.Elsewhere(URI.create(arguments[0]));
        StorageRoot.Bucket root = new StorageRoot.Bucket(S3Server.BUCKET, arguments[1]);
        int rounds = Integer.parseInt(arguments[3]);
        S3Settings settings = TestBucket.settings(server, DeleteMode.CONDITIONAL, TIMEOUTS);
        try (S3ObjectStore store = TestBucket.open(server, root, settings, pause -> {}, ObjectStore.MAX_ENTRIES)) {
            Thread[] threads = IntStream.range(0, THREADS)
                    .mapToObj(number -> new HistoryProcess(store, arguments[2] + "-" + number))
                    .map(process -> new Thread(() -> process.run(rounds)))
                    .toArray(Thread[]::new);
            for (Thread thread : threads) {
                thread.start();
            }
            for (Thread thread : threads) {
                thread.join();
            }
        }
        say("done");
    }

    private void run(int rounds) {
        for (int round = 0; round < rounds; round++) {
            String value = name + "-" + round;
            Optional<VersionTag> held = take(value);
            swap(value);
            held.ifPresent(tag -> giveBack(value, tag));
        }
    }

    /** Where the answer was unclear, all that was sent has arrived by now: what is read then is what counts. */
    private Optional<VersionTag> take(String value) {
        long from = System.nanoTime();
        PutOutcome outcome = store.putIfAbsent(LOCK, value.getBytes(UTF_8));
        note(LOCK, Call.WRITE_IF_ABSENT, from, Optional.empty(), Optional.of(value), Outcome.of(outcome));
        if (outcome instanceof PutOutcome.Done done) {
            return Optional.of(done.tag());
        }
        return outcome instanceof PutOutcome.Unknown
                ? read(LOCK)
                        .filter(object -> object.text().equals(Optional.of(value)))
                        .map(StoredObject::tag)
                : Optional.empty();
    }

    private void giveBack(String value, VersionTag tag) {
        do {
            long from = System.nanoTime();
            DeleteOutcome outcome = store.deleteIfMatch(LOCK, tag);
            note(LOCK, Call.DELETE_IF_MATCH, from, Optional.of(value), Optional.empty(), Outcome.of(outcome));
        } while (read(LOCK).filter(object -> object.tag().equals(tag)).isPresent());
    }

    private void swap(String value) {
        StoredObject before = read(REGISTER).orElseThrow();
        long from = System.nanoTime();
        PutOutcome outcome = store.putIfMatch(REGISTER, value.getBytes(UTF_8), before.tag());
        note(REGISTER, Call.WRITE_IF_MATCH, from, before.text(), Optional.of(value), Outcome.of(outcome));
    }

    /** Asks until there is an answer. */
    private Optional<StoredObject> read(ObjectKey key) {
        long from = System.nanoTime();
        GetOutcome outcome = store.get(key);
        while (outcome instanceof GetOutcome.Unknown) {
            outcome = store.get(key);
        }
        Optional<StoredObject> found =
                outcome instanceof GetOutcome.Found present ? Optional.of(present.object()) : Optional.empty();
        note(key, Call.READ, from, Optional.empty(), found.flatMap(StoredObject::text), Outcome.DONE);
        return found;
    }

    private static void note(
            ObjectKey key, Call call, long from, Optional<String> expected, Optional<String> value, Outcome outcome) {
        say(new HistoryOperation(key.path(), call, from, System.nanoTime(), expected, value, outcome).line());
    }

    private static void say(String line) {
        synchronized (System.out) {
            System.out.println(line);
            System.out.flush();
        }
    }
}
