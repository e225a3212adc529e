package dev.omnigraph.controlplane.storage.folder;

import java.nio.file.FileSystemException;
import java.nio.file.Path;

/** What stands at a path, or on the way to it, can never be an object of ours. */
final class NotAnObjectException extends FileSystemException {

    private static final long serialVersionUID = 1L;

    NotAnObjectException(Path path, String reason) {
        super(path.toString(), null, reason);
    }
}
