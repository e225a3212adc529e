package dev.omnigraph.controlplane.storage.folder;

import dev.omnigraph.controlplane.digest.Utf8Order;
import dev.omnigraph.controlplane.storage.ListOutcome.Entry;
import dev.omnigraph.controlplane.storage.ListOutcome.Kind;
import dev.omnigraph.controlplane.storage.ObjectKey;
import dev.omnigraph.controlplane.storage.TreeOutcome;
import java.io.IOException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Deque;
import java.util.List;
import java.util.Optional;

/**
 * One look at what lies below a folder, over at most so many entries. Whatever is neither a folder nor a staging file
 * counts as an object, a symbolic link too: something that stands there is never passed over in silence.
 */
final class FolderScan {

    private final int maxEntries;
    private int entries;

    FolderScan(int maxEntries) {
        this.maxEntries = maxEntries;
    }

    /** The objects in a folder, and the folders in it that have objects below them, in the order of their keys. */
    List<Entry> children(Path folder, ObjectKey prefix) throws IOException {
        List<Entry> found = new ArrayList<>();
        try (DirectoryStream<Path> stream = Files.newDirectoryStream(folder)) {
            for (Path child : stream) {
                Optional<Kind> kind = kind(child);
                if (kind.isPresent()) {
                    found.add(new Entry(key(prefix, folder, child), kind.get()));
                }
            }
        } catch (DirectoryIteratorException e) {
            throw e.getCause();
        }
        found.sort(Comparator.comparing(entry -> entry.key().path(), Utf8Order.COMPARATOR));
        return List.copyOf(found);
    }

    /** Every object below a folder, at any depth, in the order of their keys. A folder that vanishes meanwhile has none. */
    List<TreeOutcome.Entry> objectsBelow(Path folder, ObjectKey prefix) throws IOException {
        List<TreeOutcome.Entry> found = new ArrayList<>();
        Deque<Path> folders = new ArrayDeque<>(List.of(folder));
        while (!folders.isEmpty()) {
            for (Path object : objectsIn(folders.pop(), folders)) {
                found.add(entry(object, key(prefix, folder, object)));
            }
        }
        found.sort(Comparator.comparing(entry -> entry.key().path(), Utf8Order.COMPARATOR));
        return found;
    }

    /** The objects in one folder; the folders in it are added to those still to be looked at. */
    private List<Path> objectsIn(Path folder, Deque<Path> folders) throws IOException {
        List<Path> objects = new ArrayList<>();
        try (DirectoryStream<Path> stream = Files.newDirectoryStream(folder)) {
            for (Path child : stream) {
                if (isFolder(child)) {
                    folders.push(child);
                } else if (!isStaging(child)) {
                    objects.add(child);
                }
            }
        } catch (NoSuchFileException vanished) {
            return List.of();
        } catch (DirectoryIteratorException e) {
            throw e.getCause();
        }
        return objects;
    }

    /** The stamp is the time of the last change: a file that is moved keeps it. */
    private static TreeOutcome.Entry entry(Path object, ObjectKey key) throws IOException {
        BasicFileAttributes attributes =
                Files.readAttributes(object, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
        return new TreeOutcome.Entry(
                key,
                attributes.size(),
                attributes.lastModifiedTime().toInstant().toString());
    }

    /**
     * Whether an object lies below a folder, at any depth. A folder that vanishes meanwhile has none. The first one that is
     * come by ends the look, so that a folder of very many folders costs as little as any.
     */
    boolean hasObjectBelow(Path folder) throws IOException {
        try (DirectoryStream<Path> stream = Files.newDirectoryStream(folder)) {
            for (Path child : stream) {
                if (isFolder(child) ? hasObjectBelow(child) : !isStaging(child)) {
                    return true;
                }
            }
            return false;
        } catch (NoSuchFileException vanished) {
            return false;
        } catch (DirectoryIteratorException e) {
            throw e.getCause();
        }
    }

    private Optional<Kind> kind(Path child) throws IOException {
        if (isFolder(child)) {
            return hasObjectBelow(child) ? Optional.of(Kind.PREFIX) : Optional.empty();
        }
        return isStaging(child) ? Optional.empty() : Optional.of(Kind.OBJECT);
    }

    private boolean isFolder(Path child) throws IOException {
        entries++;
        if (entries > maxEntries) {
            throw new IOException(child.getParent() + ": more than " + maxEntries + " entries lie here");
        }
        return Files.isDirectory(child, LinkOption.NOFOLLOW_LINKS);
    }

    private static boolean isStaging(Path child) {
        return FolderLayout.isStagingName(String.valueOf(child.getFileName()));
    }

    private static ObjectKey key(ObjectKey prefix, Path folder, Path child) throws IOException {
        String name = folder.relativize(child).toString();
        if (!folder.resolve(name).equals(child)) {
            throw new NotAnObjectException(child, "this name is not valid in this machine's locale");
        }
        try {
            return prefix.child(name);
        } catch (IllegalArgumentException e) {
            throw new NotAnObjectException(child, "this name is too long for a key");
        }
    }
}
