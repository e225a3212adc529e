package dev.omnigraph.controlplane.lance.nativelib;

import java.io.IOException;
import java.io.InputStream;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFileAttributes;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.nio.file.attribute.UserPrincipal;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/**
 * A folder that keeps unpacked native libraries from one start to the next. Any number of processes may share it: one
 * unpacks, the others wait for it. What others than this user and root could have written is not used, since it would
 * run in this process.
 */
final class NativeLibraryCache {

    private static final String LOCK = ".lock";
    private static final String UNFINISHED = ".unfinished";
    private static final FileAttribute<Set<PosixFilePermission>> PRIVATE =
            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------"));
    private static final String ROOT_USER = "root";

    /** Unpacking takes seconds; after so long the process that does it hangs. */
    private static final int PATIENCE_MILLISECONDS = 120_000;

    private final Path folder;
    private final int patienceMilliseconds;

    /** @param folder created, for this user only, when something is first unpacked */
    NativeLibraryCache(Path folder) {
        this(folder, PATIENCE_MILLISECONDS);
    }

    NativeLibraryCache(Path folder, int patienceMilliseconds) {
        this.folder = folder;
        this.patienceMilliseconds = patienceMilliseconds;
    }

    /**
     * The unpacked library, unpacking it if that has not been done.
     *
     * @throws IOException when the folder cannot be used; the message says why
     */
    Path provide(NativeResource library) throws IOException {
        Path target = folder.resolve(library.cachedName());
        if (isUsable(target, library)) {
            return target;
        }
        Files.createDirectories(folder, PRIVATE);
        requireOurs(folder);
        // The lock ends with its channel.
        try (FileChannel lock =
                FileChannel.open(folder.resolve(LOCK), StandardOpenOption.CREATE, StandardOpenOption.WRITE)) {
            awaitLock(lock);
            // Another process may have unpacked while this one waited.
            if (!isUsable(target, library)) {
                unpack(library, target);
            }
        }
        return target;
    }

    private void awaitLock(FileChannel lock) throws IOException {
        for (int waited = 0; !tryLock(lock); waited++) {
            if (waited >= patienceMilliseconds) {
                throw new IOException("another process has been unpacking there for more than " + patienceMilliseconds
                        + " ms; end it if it hangs");
            }
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(1));
        }
    }

    private static boolean tryLock(FileChannel lock) throws IOException {
        try {
            return lock.tryLock() != null;
        } catch (OverlappingFileLockException heldByThisProcess) {
            return false;
        }
    }

    private boolean isUsable(Path target, NativeResource library) throws IOException {
        PosixFileAttributes attributes;
        try {
            attributes = attributes(target);
        } catch (NoSuchFileException e) {
            return false;
        }
        requireOurs(folder);
        requireOurs(target);
        return attributes.isRegularFile() && attributes.size() == library.size();
    }

    private void unpack(NativeResource library, Path target) throws IOException {
        removeUnfinished();
        Path unfinished = folder.resolve(library.cachedName() + UNFINISHED);
        try (InputStream in = library.open();
                FileChannel out = FileChannel.open(
                        unfinished, Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE), PRIVATE)) {
            in.transferTo(Channels.newOutputStream(out));
            // The name stands for the content, so the content has to reach the disk before the name does.
            out.force(true);
        }
        long size = Files.size(unfinished);
        if (size != library.size()) {
            throw new IOException(library.url() + " unpacked to " + size + " bytes instead of " + library.size());
        }
        Files.move(unfinished, target, StandardCopyOption.ATOMIC_MOVE);
    }

    /** Under the lock nobody is unpacking: what is unfinished was left by a process that died. */
    private void removeUnfinished() throws IOException {
        try (DirectoryStream<Path> leftovers = Files.newDirectoryStream(folder, "*" + UNFINISHED)) {
            for (Path leftover : leftovers) {
                Files.delete(leftover);
            }
        }
    }

    private static void requireOurs(Path path) throws IOException {
        PosixFileAttributes attributes = attributes(path);
        UserPrincipal owner = attributes.owner();
        if (!owner.getName().equals(ROOT_USER) && !owner.equals(currentUser())) {
            throw new IOException(path + " belongs to the user " + owner.getName());
        }
        if (attributes.isSymbolicLink()) {
            throw new IOException(path + " is a symbolic link");
        }
        if (attributes.permissions().contains(PosixFilePermission.GROUP_WRITE)
                || attributes.permissions().contains(PosixFilePermission.OTHERS_WRITE)) {
            throw new IOException(path + " can be written by other users");
        }
    }

    /** The owner of a file that this process makes: the account may have no name for the platform to tell. */
    private static UserPrincipal currentUser() throws IOException {
        Path probe = Files.createTempFile("omnigraph-owner", null);
        try {
            return Files.getOwner(probe);
        } finally {
            Files.delete(probe);
        }
    }

    private static PosixFileAttributes attributes(Path path) throws IOException {
        return Files.readAttributes(path, PosixFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
    }
}
