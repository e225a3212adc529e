package dev.omnigraph.controlplane.storage.folder;

import dev.omnigraph.controlplane.storage.ObjectKey;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Where keys lie below one root folder. The root itself may be reached through symbolic links; below it none is followed,
 * because what it names need not lie below the root. This keeps out links that stand there, not a writer of the folder
 * who swaps one in at the same moment: such a writer can change the objects themselves.
 */
final class FolderLayout {

    /** Unfinished writes, ours and those of the engine's own tool, have names of this form (control-plane.md 4.8). */
    private static final Pattern STAGING_NAME = Pattern.compile(".*#[0-9]+", Pattern.DOTALL);

    private final Path root;

    FolderLayout(Path root) {
        this.root = root;
    }

    Path root() {
        return root;
    }

    /** Whether a file of this name is an unfinished write, and so no object. */
    static boolean isStagingName(String name) {
        return STAGING_NAME.matcher(name).matches();
    }

    /**
     * Where the object of a key lies, if it exists. Every folder above it does.
     *
     * @throws NoSuchFileException where a folder above it is missing, or the name is that of a staging file
     * @throws NotDirectoryException where a file stands in place of a folder above it
     * @throws NotAnObjectException where a symbolic link does
     */
    Path locate(ObjectKey key) throws IOException {
        Path path = resolve(key);
        if (isStagingName(key.name())) {
            throw new NoSuchFileException(path.toString());
        }
        requireFoldersAbove(path);
        return path;
    }

    /** The folder of a prefix; fails as {@link #locate} does, and where the prefix itself is no folder. */
    Path locateFolder(ObjectKey prefix) throws IOException {
        Path path = resolve(prefix);
        requireFoldersAbove(path);
        if (!path.equals(root)) {
            requireFolder(path);
        }
        return path;
    }

    /** Where the object of a key is to be put. Folders above it that are missing are made, durably. */
    Path prepare(ObjectKey key) throws IOException {
        Path path = resolve(key);
        makeReachable(root);
        for (int depth = root.getNameCount() + 1; depth < path.getNameCount(); depth++) {
            makeFolder(ancestor(path, depth));
        }
        return path;
    }

    /** Makes the creation, renaming or deletion of a path survive a power loss. */
    static void syncParent(Path path) throws IOException {
        Path folder = path.getParent();
        if (folder == null) {
            throw new IOException(path + ": the root of the file system lies in no folder");
        }
        try (FileChannel channel = FileChannel.open(folder, StandardOpenOption.READ)) {
            channel.force(true);
        }
    }

    private Path resolve(ObjectKey key) throws NotAnObjectException {
        try {
            return root.resolve(key.path());
        } catch (InvalidPathException e) {
            // The virtual machine encodes file names as its locale says; the POSIX locale knows ASCII alone.
            throw new NotAnObjectException(root, "this machine's locale has no file name for " + key);
        }
    }

    private void requireFoldersAbove(Path path) throws IOException {
        for (int depth = root.getNameCount() + 1; depth < path.getNameCount(); depth++) {
            requireFolder(ancestor(path, depth));
        }
    }

    private Path ancestor(Path path, int depth) {
        return root.resolve(path.subpath(root.getNameCount(), depth));
    }

    private static void requireFolder(Path path) throws IOException {
        BasicFileAttributes attributes =
                Files.readAttributes(path, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
        if (attributes.isSymbolicLink()) {
            throw new NotAnObjectException(path, "this is a symbolic link, which is not followed");
        }
        if (!attributes.isDirectory()) {
            throw new NotDirectoryException(path.toString());
        }
    }

    private static void makeFolder(Path folder) throws IOException {
        try {
            requireFolder(folder);
        } catch (NoSuchFileException missing) {
            create(folder);
            requireFolder(folder);
        }
    }

    private static void makeReachable(@Nullable Path folder) throws IOException {
        if (folder == null || Files.isDirectory(folder)) {
            return;
        }
        makeReachable(folder.getParent());
        create(folder);
        if (!Files.isDirectory(folder)) {
            throw new NotDirectoryException(folder.toString());
        }
    }

    private static void create(Path folder) throws IOException {
        try {
            Files.createDirectory(folder);
        } catch (FileAlreadyExistsException othersWereFaster) {
            return;
        }
        syncParent(folder);
    }
}
