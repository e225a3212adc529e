package dev.omnigraph.controlplane.storage.folder;

import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.function.LongConsumer;
import org.jspecify.annotations.Nullable;

/**
 * Removes a folder with all that is in it, files before the folders they lie in, at most so many files. Symbolic links
 * are removed and never followed. What vanishes meanwhile is as good as removed. Used once.
 */
final class FolderRemoval extends SimpleFileVisitor<Path> {

    /** Progress is told each time so many files are gone. */
    private static final int TOLD_EVERY = 100;

    private final int maxFiles;
    private final LongConsumer progress;
    private long removed;

    FolderRemoval(int maxFiles, LongConsumer progress) {
        this.maxFiles = maxFiles;
        this.progress = progress;
    }

    /** The files that are gone so far. */
    long removed() {
        return removed;
    }

    @Override
    public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
        if (removed == maxFiles) {
            throw new IOException(file + ": one call removes at most " + maxFiles + " files");
        }
        Files.deleteIfExists(file);
        removed++;
        if (removed % TOLD_EVERY == 0) {
            progress.accept(removed);
        }
        return FileVisitResult.CONTINUE;
    }

    @Override
    public FileVisitResult visitFileFailed(Path file, IOException failure) throws IOException {
        if (failure instanceof NoSuchFileException) {
            return FileVisitResult.CONTINUE;
        }
        throw failure;
    }

    @Override
    public FileVisitResult postVisitDirectory(Path folder, @Nullable IOException failure) throws IOException {
        if (failure != null) {
            throw failure;
        }
        Files.deleteIfExists(folder);
        return FileVisitResult.CONTINUE;
    }
}
