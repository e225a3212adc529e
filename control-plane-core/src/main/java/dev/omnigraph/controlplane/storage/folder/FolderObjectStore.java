package dev.omnigraph.controlplane.storage.folder;

import dev.omnigraph.controlplane.id.Pause;
import dev.omnigraph.controlplane.storage.DeleteOutcome;
import dev.omnigraph.controlplane.storage.GetOutcome;
import dev.omnigraph.controlplane.storage.ListOutcome;
import dev.omnigraph.controlplane.storage.MoveOutcome;
import dev.omnigraph.controlplane.storage.ObjectKey;
import dev.omnigraph.controlplane.storage.ObjectStore;
import dev.omnigraph.controlplane.storage.PrefixOutcome;
import dev.omnigraph.controlplane.storage.PutOutcome;
import dev.omnigraph.controlplane.storage.RemovalOutcome;
import dev.omnigraph.controlplane.storage.StoredObject;
import dev.omnigraph.controlplane.storage.TreeOutcome;
import dev.omnigraph.controlplane.storage.VersionTag;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.security.SecureRandom;
import java.util.List;
import java.util.Optional;
import java.util.function.LongConsumer;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;

/**
 * Objects as files below a local folder (control-plane.md 4.8).
 *
 * <p>Bytes are staged beside their file, forced to the disk, given their name in one step and made durable with the
 * folder, so a crash at any point leaves the old content or the new one. The tag is the SHA-256 of the content.
 *
 * <p>A new object gets its name by a hard link, which fails where something has it: exclusive among all processes,
 * the engine's own tool included. Replacing and deleting compare and act under a {@link FolderLock}: exact among all
 * processes of this service. The engine's own tool does not take that lock; between our last comparison and the rename or
 * deletion, a write of its could be overwritten. The cluster's lock keeps it from writing then.
 *
 * <p>Thread-safe. An interrupt can make a call answer refused or unknown. Needs a file system with hard links and
 * atomic renames.
 */
public final class FolderObjectStore implements ObjectStore {

    /** The lock is held for one comparison and one rename; ten seconds mean that its holder hangs. */
    private static final FolderLock.Patience PATIENCE = new FolderLock.Patience(10_000, Pause.REAL);

    private final FolderLayout layout;
    private final FolderLock lock;
    private final RandomGenerator random;
    private final int maxEntries;

    /**
     * A store below a folder, which is made when the first object is written.
     *
     * @throws IllegalArgumentException where the path is not absolute
     */
    public FolderObjectStore(Path root) {
        this(root, PATIENCE, new SecureRandom(), MAX_ENTRIES);
    }

    FolderObjectStore(Path root, FolderLock.Patience patience, RandomGenerator random, int maxEntries) {
        if (!root.isAbsolute()) {
            throw new IllegalArgumentException("a storage root is an absolute path: " + root);
        }
        this.layout = new FolderLayout(root);
        this.lock = new FolderLock(layout, patience);
        this.random = random;
        this.maxEntries = maxEntries;
    }

    @Override
    public String location() {
        return layout.root().toString();
    }

    @Override
    public GetOutcome get(ObjectKey key) {
        try {
            return new GetOutcome.Found(read(layout.locate(key)));
        } catch (NoSuchFileException | NotDirectoryException e) {
            return new GetOutcome.Absent();
        } catch (AccessDeniedException | NotAnObjectException e) {
            return new GetOutcome.Unusable(Reasons.of(e));
        } catch (IOException e) {
            return new GetOutcome.Unknown(Reasons.of(e));
        }
    }

    private static StoredObject read(Path path) throws IOException {
        // Only regular files are opened: a pipe would block, a device would do worse.
        if (!attributes(path).isRegularFile()) {
            throw new NotAnObjectException(path, "this is no regular file");
        }
        try (InputStream input = Files.newInputStream(path, StandardOpenOption.READ, LinkOption.NOFOLLOW_LINKS)) {
            byte[] bytes = input.readNBytes(MAX_OBJECT_BYTES + 1);
            if (bytes.length > MAX_OBJECT_BYTES) {
                throw new NotAnObjectException(path, "this has more than " + MAX_OBJECT_BYTES + " bytes");
            }
            return new StoredObject(bytes, StagedFile.tagOf(bytes));
        }
    }

    @Override
    public PutOutcome putIfAbsent(ObjectKey key, byte[] bytes) {
        try {
            requireWritable(key, bytes);
            Path path = layout.prepare(key);
            if (Files.exists(path, LinkOption.NOFOLLOW_LINKS)) {
                return new PutOutcome.Lost(get(key));
            }
            try (StagedFile staged = StagedFile.write(path, bytes, random)) {
                return whenDurable(path, publishNew(key, staged));
            }
        } catch (IOException e) {
            return new PutOutcome.Refused(Reasons.of(e));
        }
    }

    @Override
    public PutOutcome putIfMatch(ObjectKey key, byte[] bytes, VersionTag expected) {
        try {
            requireWritable(key, bytes);
            Optional<PutOutcome> objection = objectionToReplacing(key, expected);
            if (objection.isPresent()) {
                return objection.get();
            }
            Path path = layout.prepare(key);
            try (StagedFile staged = StagedFile.write(path, bytes, random)) {
                PutOutcome outcome =
                        lock.whileHeld(() -> objectionToReplacing(key, expected).orElseGet(() -> publishOver(staged)));
                return whenDurable(path, outcome);
            }
        } catch (IOException e) {
            return new PutOutcome.Refused(Reasons.of(e));
        }
    }

    @Override
    public DeleteOutcome deleteIfMatch(ObjectKey key, VersionTag expected) {
        return delete(key, () -> objectionToDeleting(key, expected));
    }

    @Override
    public DeleteOutcome delete(ObjectKey key) {
        return delete(key, () -> objectionToDeleting(key));
    }

    @Override
    public ListOutcome list(ObjectKey prefix) {
        try {
            Path folder = layout.locateFolder(prefix);
            return new ListOutcome.Listed(new FolderScan(maxEntries).children(folder, prefix));
        } catch (NoSuchFileException | NotDirectoryException e) {
            return new ListOutcome.Listed(List.of());
        } catch (IOException e) {
            return new ListOutcome.Unknown(Reasons.of(e));
        }
    }

    @Override
    public PrefixOutcome exists(ObjectKey prefix) {
        try {
            Path folder = layout.locateFolder(prefix);
            return new FolderScan(maxEntries).hasObjectBelow(folder)
                    ? new PrefixOutcome.Present()
                    : new PrefixOutcome.Absent();
        } catch (NoSuchFileException | NotDirectoryException e) {
            return new PrefixOutcome.Absent();
        } catch (IOException e) {
            return new PrefixOutcome.Unknown(Reasons.of(e));
        }
    }

    @Override
    public TreeOutcome tree(ObjectKey prefix) {
        try {
            Path folder = layout.locateFolder(prefix);
            return new TreeOutcome.Listed(new FolderScan(maxEntries).objectsBelow(folder, prefix));
        } catch (NoSuchFileException | NotDirectoryException e) {
            return new TreeOutcome.Listed(List.of());
        } catch (IOException e) {
            return new TreeOutcome.Unknown(Reasons.of(e));
        }
    }

    @Override
    public MoveOutcome move(ObjectKey from, ObjectKey to) {
        try {
            return lock.whileHeld(() -> moveWhileHeld(from, to));
        } catch (IOException e) {
            return new MoveOutcome.Refused(Reasons.of(e));
        }
    }

    private MoveOutcome moveWhileHeld(ObjectKey from, ObjectKey to) {
        PrefixOutcome source = exists(from);
        PrefixOutcome target = exists(to);
        if (source instanceof PrefixOutcome.Unknown unknown) {
            return new MoveOutcome.Refused(unknown.reason());
        }
        if (target instanceof PrefixOutcome.Unknown unknown) {
            return new MoveOutcome.Refused(unknown.reason());
        }
        if (source instanceof PrefixOutcome.Absent) {
            return new MoveOutcome.Absent();
        }
        return target instanceof PrefixOutcome.Present ? new MoveOutcome.Occupied() : rename(from, to);
    }

    /** The operating system itself refuses to rename a folder onto one that has something in it. */
    private MoveOutcome rename(ObjectKey from, ObjectKey to) {
        try {
            Path source = layout.locateFolder(from);
            Path target = layout.prepare(to);
            Files.move(source, target, StandardCopyOption.ATOMIC_MOVE);
            return syncFailure(target)
                    .or(() -> syncFailure(source))
                    .<MoveOutcome>map(MoveOutcome.Unknown::new)
                    .orElseGet(MoveOutcome.Done::new);
        } catch (IOException e) {
            return new MoveOutcome.Refused(Reasons.of(e));
        }
    }

    @Override
    public RemovalOutcome removeTree(ObjectKey prefix, LongConsumer progress) {
        FolderRemoval removal = new FolderRemoval(maxEntries, progress);
        try {
            if (prefix.equals(ObjectKey.ROOT)) {
                throw new IOException("the storage root itself is not removed");
            }
            Path folder = layout.locateFolder(prefix);
            Files.walkFileTree(folder, removal);
            FolderLayout.syncParent(folder);
            return new RemovalOutcome.Done(removal.removed());
        } catch (NoSuchFileException | NotDirectoryException e) {
            return new RemovalOutcome.Done(removal.removed());
        } catch (IOException e) {
            return new RemovalOutcome.Incomplete(removal.removed(), Reasons.of(e));
        }
    }

    private static void requireWritable(ObjectKey key, byte[] bytes) throws IOException {
        Optional<String> refusal = ObjectStore.refusal(key, bytes);
        if (refusal.isPresent()) {
            throw new IOException(refusal.get());
        }
        if (FolderLayout.isStagingName(key.name())) {
            throw new IOException(key + ": names that end in # and digits belong to unfinished writes");
        }
    }

    private Optional<PutOutcome> objectionToReplacing(ObjectKey key, VersionTag expected) {
        GetOutcome present = get(key);
        if (present instanceof GetOutcome.Found found && found.object().tag().equals(expected)) {
            return Optional.empty();
        }
        return Optional.of(whyUnread(present)
                .<PutOutcome>map(PutOutcome.Refused::new)
                .orElseGet(() -> new PutOutcome.Lost(present)));
    }

    private Optional<DeleteOutcome> objectionToDeleting(ObjectKey key, VersionTag expected) {
        GetOutcome present = get(key);
        if (present instanceof GetOutcome.Absent) {
            return Optional.of(new DeleteOutcome.Done());
        }
        if (present instanceof GetOutcome.Found found && found.object().tag().equals(expected)) {
            return Optional.empty();
        }
        return Optional.of(whyUnread(present)
                .<DeleteOutcome>map(DeleteOutcome.Refused::new)
                .orElseGet(() -> new DeleteOutcome.Lost(present)));
    }

    /** What speaks against deleting whatever stands there, readable or not. */
    private Optional<DeleteOutcome> objectionToDeleting(ObjectKey key) {
        try {
            Path path = layout.locate(key);
            return attributes(path).isDirectory()
                    ? Optional.of(new DeleteOutcome.Refused(path + ": this is a folder"))
                    : Optional.empty();
        } catch (NoSuchFileException | NotDirectoryException e) {
            return Optional.of(new DeleteOutcome.Done());
        } catch (IOException e) {
            return Optional.of(new DeleteOutcome.Refused(Reasons.of(e)));
        }
    }

    private static Optional<String> whyUnread(GetOutcome present) {
        if (present instanceof GetOutcome.Unusable unusable) {
            return Optional.of(unusable.reason());
        }
        return present instanceof GetOutcome.Unknown unknown ? Optional.of(unknown.reason()) : Optional.empty();
    }

    private PutOutcome publishNew(ObjectKey key, StagedFile staged) {
        try {
            staged.publishNew();
            return new PutOutcome.Done(staged.tag());
        } catch (FileAlreadyExistsException e) {
            return new PutOutcome.Lost(get(key));
        } catch (IOException e) {
            return unpublished(staged, e);
        }
    }

    private static PutOutcome publishOver(StagedFile staged) {
        try {
            staged.publishOver();
            return new PutOutcome.Done(staged.tag());
        } catch (IOException e) {
            return unpublished(staged, e);
        }
    }

    private static PutOutcome unpublished(StagedFile staged, IOException failure) {
        String reason = Reasons.of(failure);
        return staged.isCertainlyUnpublished() ? new PutOutcome.Refused(reason) : new PutOutcome.Unknown(reason);
    }

    private static PutOutcome whenDurable(Path path, PutOutcome outcome) {
        return outcome instanceof PutOutcome.Done
                ? syncFailure(path).<PutOutcome>map(PutOutcome.Unknown::new).orElse(outcome)
                : outcome;
    }

    private DeleteOutcome delete(ObjectKey key, Supplier<Optional<DeleteOutcome>> objection) {
        Optional<DeleteOutcome> early = objection.get();
        if (early.isPresent()) {
            return early.get();
        }
        try {
            Path path = layout.locate(key);
            DeleteOutcome outcome = lock.whileHeld(() -> objection.get().orElseGet(() -> unlink(path)));
            return outcome instanceof DeleteOutcome.Done
                    ? syncFailure(path)
                            .<DeleteOutcome>map(DeleteOutcome.Unknown::new)
                            .orElse(outcome)
                    : outcome;
        } catch (IOException e) {
            return new DeleteOutcome.Refused(Reasons.of(e));
        }
    }

    private static DeleteOutcome unlink(Path path) {
        try {
            Files.deleteIfExists(path);
            return new DeleteOutcome.Done();
        } catch (IOException e) {
            String reason = Reasons.of(e);
            return Files.exists(path, LinkOption.NOFOLLOW_LINKS)
                    ? new DeleteOutcome.Refused(reason)
                    : new DeleteOutcome.Unknown(reason);
        }
    }

    /** Forces the folder of a path to the disk; what went wrong, if anything did. */
    private static Optional<String> syncFailure(Path path) {
        try {
            FolderLayout.syncParent(path);
            return Optional.empty();
        } catch (IOException e) {
            return Optional.of("the change was made, but may not survive a power loss: " + Reasons.of(e));
        }
    }

    private static BasicFileAttributes attributes(Path path) throws IOException {
        return Files.readAttributes(path, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
    }
}
