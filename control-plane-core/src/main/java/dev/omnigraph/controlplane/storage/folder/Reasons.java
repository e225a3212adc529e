package dev.omnigraph.controlplane.storage.folder;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import org.jspecify.annotations.Nullable;

/** Failures of the file system in words: which path, and what about it. */
final class Reasons {

    private Reasons() {}

    static String of(IOException failure) {
        String what = what(failure);
        return failure instanceof FileSystemException onPath && onPath.getFile() != null
                ? onPath.getFile() + ": " + what
                : what;
    }

    private static String what(IOException failure) {
        if (failure instanceof AccessDeniedException) {
            return "permission denied";
        }
        if (failure instanceof NoSuchFileException) {
            return "there is no such file or folder";
        }
        if (failure instanceof FileAlreadyExistsException) {
            return "this exists already";
        }
        if (failure instanceof NotDirectoryException) {
            return "this is no folder";
        }
        if (failure instanceof FileSystemException onPath) {
            return orName(onPath.getReason(), failure);
        }
        return orName(failure.getMessage(), failure);
    }

    private static String orName(@Nullable String text, IOException failure) {
        return text == null ? failure.getClass().getSimpleName() : text;
    }
}
