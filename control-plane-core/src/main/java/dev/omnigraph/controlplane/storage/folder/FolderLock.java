package dev.omnigraph.controlplane.storage.folder;

import dev.omnigraph.controlplane.id.Pause;
import dev.omnigraph.controlplane.storage.ObjectKey;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;

/**
 * Keeps all users of this adapter on one folder, threads and processes, from comparing and replacing at the same time. It
 * is a lock of the operating system: it ends with the process that holds it, so nothing has to be cleaned up. The file
 * must not be deleted while a process runs, or two of them lock different files.
 */
final class FolderLock {

    /** Named like a staging file, so that no listing shows it and no call reaches it. */
    private static final ObjectKey FILE = new ObjectKey("__control/folder.lock#0");

    /** A lock of the operating system belongs to the whole process; its threads exclude each other here. */
    private static final ConcurrentMap<Path, ReentrantLock> THREADS = new ConcurrentHashMap<>();

    private final FolderLayout layout;
    private final Patience patience;

    private static final Duration BETWEEN_ATTEMPTS = Duration.ofMillis(1);

    /**
     * How long to wait for another holder.
     *
     * @param attempts how often to try, a millisecond apart, while another process holds the lock; threads of this
     *     process are first waited for as long
     */
    record Patience(int attempts, Pause pause) {}

    FolderLock(FolderLayout layout, Patience patience) {
        this.layout = layout;
        this.patience = patience;
    }

    /**
     * Runs the section alone.
     *
     * @throws IOException where the lock was not gained; the section was not begun then
     */
    <T> T whileHeld(Supplier<T> section) throws IOException {
        Path file = layout.prepare(FILE);
        ReentrantLock threads = THREADS.computeIfAbsent(layout.root().toRealPath(), root -> new ReentrantLock());
        awaitThreads(threads, file);
        try {
            return withFileLocked(file, section);
        } finally {
            threads.unlock();
        }
    }

    private void awaitThreads(ReentrantLock threads, Path file) throws IOException {
        try {
            long nanoseconds =
                    BETWEEN_ATTEMPTS.multipliedBy(patience.attempts()).toNanos();
            if (!threads.tryLock(nanoseconds, TimeUnit.NANOSECONDS)) {
                throw busy(file);
            }
        } catch (InterruptedException e) {
            throw interrupted(file);
        }
    }

    private <T> T withFileLocked(Path file, Supplier<T> section) throws IOException {
        FileChannel channel =
                FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE, LinkOption.NOFOLLOW_LINKS);
        try {
            awaitProcesses(channel, file);
            return section.get();
        } finally {
            closeQuietly(channel);
        }
    }

    private void awaitProcesses(FileChannel channel, Path file) throws IOException {
        try {
            for (int attempt = 1; !tryLock(channel); attempt++) {
                if (attempt == patience.attempts()) {
                    throw busy(file);
                }
                patience.pause().forDuration(BETWEEN_ATTEMPTS);
            }
        } catch (InterruptedException e) {
            throw interrupted(file);
        }
    }

    private static boolean tryLock(FileChannel channel) throws IOException {
        try {
            return channel.tryLock() != null;
        } catch (OverlappingFileLockException heldUnderAnotherNameOfTheRoot) {
            return false;
        }
    }

    private static IOException busy(Path file) {
        return new IOException(file + ": another writer has held this lock for too long; end it if it hangs");
    }

    private static IOException interrupted(Path file) {
        Thread.currentThread().interrupt();
        return new InterruptedIOException(file + ": interrupted while waiting for this lock");
    }

    /** What the section has done stands, and the lock ends with the channel, whatever closing it says. */
    private static void closeQuietly(FileChannel channel) {
        try {
            channel.close();
        } catch (IOException e) {
            return;
        }
    }
}
