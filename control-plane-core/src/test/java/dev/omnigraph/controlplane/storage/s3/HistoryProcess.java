package dev.omnigraph.controlplane.storage.s3;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.omnigraph.controlplane.storage.GetOutcome;
import dev.omnigraph.controlplane.storage.ObjectKey;
import dev.omnigraph.controlplane.storage.ObjectStore;
import dev.omnigraph.controlplane.storage.PutOutcome;
import dev.omnigraph.controlplane.storage.StorageRoot;
import dev.omnigraph.controlplane.storage.StoredObject;
import dev.omnigraph.controlplane.storage.VersionTag;
import java.net.URI;
import java.util.Arrays;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * Takes and gives back a lock, and replaces a register, again and again, and writes what came of it to standard output:
 * {@code hold <from> <until>} and {@code swap <read from> <from> <until> <value read> <value written> <outcome>}, times in nanoseconds of the machine. Every value is written at most once by anybody.
 */
final class HistoryProcess {

    static final ObjectKey LOCK = new ObjectKey("lock");
    static final ObjectKey REGISTER = new ObjectKey("register");
    static final int THREADS = 3;

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
        try (S3ObjectStore store =
                TestBucket.open(server, root, TestBucket.settings(server), pause -> {}, ObjectStore.MAX_ENTRIES)) {
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
            long from = System.nanoTime();
            swap(value);
            long until = System.nanoTime();
            held.ifPresent(tag -> {
                giveBack(tag);
                say("hold " + from + " " + until);
            });
        }
    }

    /** Where the answer was unclear, all that was sent has arrived by now: what is read then is what counts. */
    private Optional<VersionTag> take(String value) {
        PutOutcome outcome = store.putIfAbsent(LOCK, value.getBytes(UTF_8));
        if (outcome instanceof PutOutcome.Done done) {
            return Optional.of(done.tag());
        }
        return outcome instanceof PutOutcome.Unknown
                ? present(LOCK)
                        .filter(object -> Arrays.equals(object.bytes(), value.getBytes(UTF_8)))
                        .map(StoredObject::tag)
                : Optional.empty();
    }

    private void giveBack(VersionTag tag) {
        do {
            store.deleteIfMatch(LOCK, tag);
        } while (present(LOCK).filter(object -> object.tag().equals(tag)).isPresent());
    }

    private void swap(String value) {
        long readFrom = System.nanoTime();
        StoredObject before = present(REGISTER).orElseThrow();
        long from = System.nanoTime();
        PutOutcome outcome = store.putIfMatch(REGISTER, value.getBytes(UTF_8), before.tag());
        say(String.join(
                " ",
                "swap",
                Long.toString(readFrom),
                Long.toString(from),
                Long.toString(System.nanoTime()),
                before.text().orElseThrow(),
                value,
                outcome.getClass().getSimpleName()));
    }

    /** Asks until there is an answer. */
    private Optional<StoredObject> present(ObjectKey key) {
        GetOutcome outcome = store.get(key);
        while (outcome instanceof GetOutcome.Unknown) {
            outcome = store.get(key);
        }
        return outcome instanceof GetOutcome.Found found ? Optional.of(found.object()) : Optional.empty();
    }

    private static void say(String line) {
        synchronized (System.out) {
            System.out.println(line);
            System.out.flush();
        }
    }
}
