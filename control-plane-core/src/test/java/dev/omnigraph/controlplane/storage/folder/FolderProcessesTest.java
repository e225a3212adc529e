package dev.omnigraph.controlplane.storage.folder;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.omnigraph.controlplane.storage.DeleteOutcome;
import dev.omnigraph.controlplane.storage.GetOutcome;
import dev.omnigraph.controlplane.storage.ListOutcome;
import dev.omnigraph.controlplane.storage.ObjectKey;
import dev.omnigraph.controlplane.storage.ObjectStore;
import dev.omnigraph.controlplane.storage.PutOutcome;
import dev.omnigraph.controlplane.storage.VersionTag;
import dev.omnigraph.controlplane.testing.ChildJvm;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Real processes on one folder: they race, they are killed, they hold the lock. */
class FolderProcessesTest {

    private static final ObjectKey KEY = new ObjectKey("lock/object");
    private static final int INCREMENTS = 200;
    private static final int KILLS = 5;

    @TempDir
    private Path root;

    @Test
    void racingProcessesLoseNoUpdate() {
        try (ChildJvm first = ChildJvm.start(CounterProcess.class, root, INCREMENTS);
                ChildJvm second = ChildJvm.start(CounterProcess.class, root, INCREMENTS)) {
            assertThat(first.awaitLine()).isEqualTo("ready");
            assertThat(second.awaitLine()).isEqualTo("ready");
            first.say("go");
            second.say("go");

            int tickets = Integer.parseInt(first.awaitLine()) + Integer.parseInt(second.awaitLine());

            assertThat(tickets).as("each ticket has one winner").isEqualTo(INCREMENTS);
            assertThat(first.awaitExit()).isZero();
            assertThat(second.awaitExit()).isZero();
        }
        GetOutcome counter = new FolderObjectStore(root).get(CounterProcess.COUNTER);
        assertThat(((GetOutcome.Found) counter).object().text()).hasValue(Integer.toString(2 * INCREMENTS));
    }

    @Test
    void aKilledWriterLeavesWholeObjects() {
        ObjectStore store = new FolderObjectStore(root);
        for (int kill = 0; kill < KILLS; kill++) {
            try (ChildJvm writer = ChildJvm.start(WriterProcess.class, root, "writer" + kill)) {
                for (int line = 0; line <= kill; line++) {
                    writer.awaitLine();
                }
                writer.kill();
            }
            assertWhole(store, WriterProcess.REPLACED);
            ListOutcome added = store.list(WriterProcess.ADDED);
            assertThat(added).isInstanceOf(ListOutcome.Listed.class);
            for (ListOutcome.Entry entry : ((ListOutcome.Listed) added).entries()) {
                assertWhole(store, entry.key());
            }
        }
    }

    @Test
    void aHeldLockRefusesUntilItsHolderIsDead() {
        FolderObjectStore store = impatient(root);
        VersionTag tag = ((PutOutcome.Done) store.putIfAbsent(KEY, bytes("old"))).tag();
        try (ChildJvm holder = ChildJvm.start(LockHolderProcess.class, root)) {
            assertThat(holder.awaitLine()).isEqualTo("held");

            assertThat(store.putIfMatch(KEY, bytes("new"), tag))
                    .isInstanceOfSatisfying(
                            PutOutcome.Refused.class,
                            refused -> assertThat(refused.reason()).contains("another writer"));
            assertThat(store.deleteIfMatch(KEY, tag)).isInstanceOf(DeleteOutcome.Refused.class);
            assertThat(store.delete(KEY)).isInstanceOf(DeleteOutcome.Refused.class);
            assertThat(((GetOutcome.Found) store.get(KEY)).object().text()).hasValue("old");
            // Creating needs no lock.
            assertThat(store.putIfAbsent(new ObjectKey("lock/other"), bytes("new")))
                    .isInstanceOf(PutOutcome.Done.class);

            holder.kill();
        }
        assertThat(store.putIfMatch(KEY, bytes("new"), tag)).isInstanceOf(PutOutcome.Done.class);
    }

    @Test
    void aThreadThatHoldsTheLockRefusesOthersToo() throws IOException {
        FolderObjectStore store = impatient(root);
        assertThat(store.putIfAbsent(KEY, bytes("old"))).isInstanceOf(PutOutcome.Done.class);
        FolderLock lock = new FolderLock(new FolderLayout(root), FolderObjectStoreTest.patience(1));

        DeleteOutcome meanwhile = lock.whileHeld(() -> inAnotherThread(() -> store.delete(KEY)));

        assertThat(meanwhile).isInstanceOf(DeleteOutcome.Refused.class);
        assertThat(store.delete(KEY)).isEqualTo(new DeleteOutcome.Done());
    }

    @Test
    void aLockThatOtherCodeOfThisProcessHoldsIsWaitedForToo() throws IOException {
        FolderObjectStore store = impatient(root);
        assertThat(store.putIfAbsent(KEY, bytes("old"))).isInstanceOf(PutOutcome.Done.class);
        Path file = Files.createDirectories(root.resolve("__control")).resolve("folder.lock#0");
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE)) {
            assertThat(channel.lock()).isNotNull();

            assertThat(store.delete(KEY)).isInstanceOf(DeleteOutcome.Refused.class);
        }
        assertThat(store.delete(KEY)).isEqualTo(new DeleteOutcome.Done());
    }

    @Test
    void anInterruptedWaitIsRefused() throws IOException {
        FolderObjectStore store = new FolderObjectStore(root);
        assertThat(store.putIfAbsent(KEY, bytes("old"))).isInstanceOf(PutOutcome.Done.class);

        DeleteOutcome outcome = inAnotherThread(() -> {
            Thread.currentThread().interrupt();
            return store.delete(KEY);
        });

        assertThat(outcome).isInstanceOf(DeleteOutcome.Refused.class);
        assertThat(store.get(KEY)).isInstanceOf(GetOutcome.Found.class);
    }

    @Test
    void theLockIsAskedForAgainUntilPatienceEnds() throws IOException {
        List<Duration> pauses = new ArrayList<>();
        FolderLock lock = new FolderLock(new FolderLayout(root), new FolderLock.Patience(4, pauses::add));
        Path file = Files.createDirectories(root.resolve("__control")).resolve("folder.lock#0");
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE)) {
            assertThat(channel.lock()).isNotNull();

            assertThatThrownBy(() -> lock.whileHeld(() -> "never run")).isInstanceOf(IOException.class);
        }
        assertThat(pauses).hasSize(3).containsOnly(Duration.ofMillis(1));
        assertThat(lock.whileHeld(() -> "run")).isEqualTo("run");
    }

    private static void assertWhole(ObjectStore store, ObjectKey key) {
        GetOutcome outcome = store.get(key);
        assertThat(outcome).isInstanceOf(GetOutcome.Found.class);
        byte[] bytes = ((GetOutcome.Found) outcome).object().bytes();
        assertThat(bytes).hasSize(WriterProcess.SIZE).containsOnly(bytes[0]);
    }

    private static FolderObjectStore impatient(Path root) {
        return new FolderObjectStore(
                root, FolderObjectStoreTest.patience(20), RandomGenerator.getDefault(), ObjectStore.MAX_ENTRIES);
    }

    private static <T> T inAnotherThread(Callable<T> call) {
        ExecutorService executor = Executors.newSingleThreadExecutor();
        try {
            return executor.submit(call).get();
        } catch (InterruptedException | ExecutionException e) {
            throw new IllegalStateException(e);
        } finally {
            executor.shutdownNow();
        }
    }

    private static byte[] bytes(String text) {
        return text.getBytes(UTF_8);
    }
}
