package dev.omnigraph.controlplane.lance;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Makes what was written below a local folder survive a power loss. Lance itself forces nothing to the disk. In a bucket
 * there is nothing to do: what its store has answered for is durable.
 *
 * <p>Files are forced side by side: a file system commits those that wait at the same time together, which makes forty of
 * them a matter of a few milliseconds instead of forty times one. Thread-safe.
 */
final class DurableTree implements AutoCloseable {

    private static final int THREADS = 8;
    private static final int QUEUE = 1024;
    private static final long IDLE_SECONDS = 10;

    /** Where the queue is full, the calling thread forces what it would have put there. */
    private final ThreadPoolExecutor forcing = new ThreadPoolExecutor(
            THREADS,
            THREADS,
            IDLE_SECONDS,
            TimeUnit.SECONDS,
            new ArrayBlockingQueue<>(QUEUE),
            DurableTree::thread,
            new ThreadPoolExecutor.CallerRunsPolicy());

    DurableTree() {
        forcing.allowCoreThreadTimeOut(true);
    }

    private static Thread thread(Runnable work) {
        Thread thread = new Thread(work, "graph-force");
        thread.setDaemon(true);
        return thread;
    }

    /** Files that were there at some moment. */
    record Known(Set<Path> files) {

        private static final Known NONE = new Known(Set.of());
    }

    /** Forces every file below the place, then every folder, the given one among them; nothing where nothing is. */
    void force(DatasetLocation place) throws IOException {
        if (place instanceof FolderLocation folder && folder.isPresent()) {
            forceNew(folder, Known.NONE);
        }
    }

    /** Every file below the place; none where it does not exist. */
    Known known(DatasetLocation place) throws IOException {
        if (!(place instanceof FolderLocation folder) || !Files.exists(folder.path())) {
            return Known.NONE;
        }
        Set<Path> files = new HashSet<>();
        walk(folder.path(), files::add, visited -> {});
        return new Known(files);
    }

    /**
     * Forces the files below the place but those that are known, then every folder, the given one among them. A dataset
     * never changes a file, so those from before a write need not be forced again. Files that go away meanwhile are the
     * unfinished ones of other writers.
     */
    void forceNew(DatasetLocation place, Known known) throws IOException {
        if (place instanceof FolderLocation folder) {
            forceNew(folder.path(), known.files());
        }
    }

    private void forceNew(Path folder, Set<Path> known) throws IOException {
        List<Path> files = new ArrayList<>();
        List<Path> folders = new ArrayList<>();
        walk(
                folder,
                file -> {
                    if (!known.contains(file)) {
                        files.add(file);
                    }
                },
                folders::add);
        forceAll(files);
        forceAll(folders);
    }

    private static void walk(Path root, Consumer<Path> fileTaker, Consumer<Path> folderTaker) throws IOException {
        Files.walkFileTree(root, new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
                fileTaker.accept(file);
                return FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult visitFileFailed(Path file, IOException failure) throws IOException {
                if (failure instanceof NoSuchFileException && !file.equals(root)) {
                    return FileVisitResult.CONTINUE;
                }
                throw failure;
            }

            @Override
            public FileVisitResult postVisitDirectory(Path visited, @Nullable IOException failure) throws IOException {
                if (failure != null) {
                    throw failure;
                }
                folderTaker.accept(visited);
                return FileVisitResult.CONTINUE;
            }
        });
    }

    /** Forces a folder alone: which names are in it. */
    void forceFolder(DatasetLocation place) throws IOException {
        if (place instanceof FolderLocation folder) {
            forceAll(List.of(folder.path()));
        }
    }

    /** Waits for all of them, also where one fails or the thread is interrupted. */
    private void forceAll(List<Path> paths) throws IOException {
        CompletableFuture<?>[] pending = paths.stream()
                .map(path -> CompletableFuture.runAsync(() -> forceOne(path), forcing))
                .toArray(CompletableFuture<?>[]::new);
        try {
            CompletableFuture.allOf(pending).join();
        } catch (CompletionException e) {
            if (e.getCause() instanceof UncheckedIOException failure) {
                throw failure.getCause();
            }
            throw e;
        }
    }

    private static void forceOne(Path path) {
        try (FileChannel channel = FileChannel.open(path, StandardOpenOption.READ)) {
            channel.force(true);
        } catch (NoSuchFileException e) {
            if (Files.exists(path, LinkOption.NOFOLLOW_LINKS)) {
                throw new UncheckedIOException(e);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        forcing.shutdown();
    }
}
