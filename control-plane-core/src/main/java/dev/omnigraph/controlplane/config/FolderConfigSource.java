package dev.omnigraph.controlplane.config;

import dev.omnigraph.controlplane.digest.Utf8Order;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.AccessDeniedException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * A configuration in a folder of this machine. Paths are resolved as the operating system does, symbolic links
 * included; what then lies outside the folder is refused unless the scope allows it (improvements.md I25).
 */
public final class FolderConfigSource implements ConfigSource {

    /** Dangling symbolic links followed in a row, only to tell where they point. */
    private static final int MAX_LINKS = 40;

    /** Last segments that lead somewhere else than to an entry of the folder before them. */
    private static final Set<String> NOT_A_NAME = Set.of("", ".", "..");

    private final Path folder;
    private final SourceBudget budget;
    private final Map<Path, FileRead> reads = new HashMap<>();
    private final Map<Spelled, Location> folders = new HashMap<>();
    private Optional<Path> realFolder = Optional.empty();

    public FolderConfigSource(Path folder) {
        this(folder, SourceLimits.DEFAULT);
    }

    public FolderConfigSource(Path folder, SourceLimits limits) {
        this.folder = folder;
        this.budget = new SourceBudget(limits);
    }

    @Override
    public boolean exists() {
        return Files.isDirectory(folder);
    }

    @Override
    public String displayRoot() {
        return folder.toString();
    }

    @Override
    public Optional<Path> folder() {
        return Optional.of(folder);
    }

    @Override
    public FileRead read(String declared, SourceScope scope) {
        Location location = locate(declared, scope);
        if (location instanceof Location.Real real) {
            return reads.computeIfAbsent(real.path(), path -> readReal(path, real.attributes()));
        }
        return location instanceof Location.Missing missing ? unreadable(missing.reason()) : new FileRead.Outside();
    }

    @Override
    public FolderListing list(String declared, SourceScope scope) {
        Location location = locate(declared, scope);
        if (location instanceof Location.Outside) {
            return new FolderListing.Outside();
        }
        return location instanceof Location.Real real && real.attributes().isDirectory()
                ? listReal(real.path())
                : new FolderListing.NotAFolder();
    }

    private FileRead readReal(Path path, BasicFileAttributes attributes) {
        if (attributes.isDirectory()) {
            return unreadable("is a folder");
        }
        if (!attributes.isRegularFile()) {
            return unreadable("is not a regular file");
        }
        try {
            byte[] bytes = bytes(path, attributes.size());
            return budget.take(bytes.length)
                    .<FileRead>map(FileRead.Unreadable::new)
                    .orElseGet(() -> new FileRead.Found(FileContent.owning(bytes)));
        } catch (IOException e) {
            return unreadable("cannot be read (" + reasonOf(e) + ")");
        }
    }

    /**
     * The whole file, or one byte more than the largest that is taken.
     *
     * @param expectedSize only a guess: the file may have changed since
     */
    private byte[] bytes(Path path, long expectedSize) throws IOException {
        int limit = Math.toIntExact(budget.limits().maxFileBytes() + 1);
        try (InputStream in = Files.newInputStream(path, LinkOption.NOFOLLOW_LINKS)) {
            byte[] bytes = new byte[(int) Math.min(expectedSize + 1, limit)];
            int count = in.readNBytes(bytes, 0, bytes.length);
            if (count < bytes.length) {
                return Arrays.copyOf(bytes, count);
            }
            byte[] more = in.readNBytes(limit - count);
            byte[] whole = Arrays.copyOf(bytes, count + more.length);
            System.arraycopy(more, 0, whole, count, more.length);
            return whole;
        }
    }

    private FolderListing listReal(Path path) {
        List<String> names = new ArrayList<>();
        try (DirectoryStream<Path> entries = Files.newDirectoryStream(path)) {
            for (Path entry : entries) {
                if (names.size() == budget.limits().maxFolderEntries()) {
                    return new FolderListing.Unreadable("has more entries than the limit of " + names.size());
                }
                names.add(String.valueOf(entry.getFileName()));
            }
        } catch (IOException e) {
            return new FolderListing.Unreadable("cannot be listed (" + reasonOf(e) + ")");
        } catch (DirectoryIteratorException e) {
            return new FolderListing.Unreadable("cannot be listed to its end (" + e + ")");
        }
        names.sort(Utf8Order.COMPARATOR);
        return new FolderListing.Names(names);
    }

    /** Where a declared path leads. */
    private sealed interface Location {

        /**
         * To something that exists.
         *
         * @param path spelled without symbolic links
         */
        record Real(Path path, BasicFileAttributes attributes) implements Location {}

        record Missing(String reason) implements Location {}

        record Outside() implements Location {}
    }

    /** A folder as a configuration spells it, for a load of one scope. */
    private record Spelled(Path path, SourceScope scope) {}

    /**
     * Most files are no links, and many lie in one folder: of those the folder is resolved once, and the file is looked at
     * where it must be then. Whatever turns out to be something else is resolved from the start.
     */
    private Location locate(String declared, SourceScope scope) {
        try {
            // A slash at the end asks for a folder, which a Path forgets; the dot keeps it asked for.
            Path path = folder.resolve(declared.endsWith("/") ? declared + "." : declared)
                    .toAbsolutePath();
            Path name = path.getFileName();
            Path parent = path.getParent();
            if (name == null || parent == null || NOT_A_NAME.contains(name.toString())) {
                return resolve(path, scope);
            }
            Location in = folders.computeIfAbsent(new Spelled(parent, scope), spelled -> resolve(parent, scope));
            return in instanceof Location.Real real
                    ? plainFile(real.path().resolve(name)).orElseGet(() -> resolve(path, scope))
                    : resolve(path, scope);
        } catch (InvalidPathException e) {
            return new Location.Missing("cannot exist: " + e.getReason());
        }
    }

    private static Optional<Location> plainFile(Path path) {
        try {
            BasicFileAttributes attributes = attributes(path);
            return attributes.isRegularFile() ? Optional.of(new Location.Real(path, attributes)) : Optional.empty();
        } catch (IOException e) {
            return Optional.empty(); // resolving finds out why, and says it
        }
    }

    private Location resolve(Path path, SourceScope scope) {
        try {
            if (scope == SourceScope.CONFIG_FOLDER && !isInside(path)) {
                return new Location.Outside();
            }
            Path real = path.toRealPath();
            return new Location.Real(real, attributes(real));
        } catch (NoSuchFileException e) {
            return new Location.Missing("does not exist");
        } catch (IOException e) {
            return new Location.Missing("cannot be reached (" + reasonOf(e) + ")");
        }
    }

    private static BasicFileAttributes attributes(Path path) throws IOException {
        return Files.readAttributes(path, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
    }

    private boolean isInside(Path path) throws IOException {
        Path root = realFolder();
        Path lexical = path.normalize();
        boolean lexicallyInside = lexical.startsWith(root)
                || lexical.startsWith(folder.toAbsolutePath().normalize());
        return lexicallyInside && nearestExisting(path, MAX_LINKS).startsWith(root);
    }

    private Path realFolder() throws IOException {
        if (realFolder.isEmpty()) {
            realFolder = Optional.of(folder.toRealPath());
        }
        return realFolder.get();
    }

    /** The decision is taken on this, so that a missing file behind a link to the outside is outside too. */
    private static Path nearestExisting(Path path, int linksLeft) throws IOException {
        for (Path candidate = path; candidate != null; candidate = candidate.getParent()) {
            try {
                return candidate.toRealPath();
            } catch (NoSuchFileException e) {
                if (linksLeft > 0 && Files.isSymbolicLink(candidate)) {
                    return nearestExisting(
                            candidate
                                    .resolveSibling(Files.readSymbolicLink(candidate))
                                    .normalize(),
                            linksLeft - 1);
                }
            }
        }
        throw new NoSuchFileException(path.toString());
    }

    private static FileRead unreadable(String reason) {
        return new FileRead.Unreadable(reason);
    }

    private static String reasonOf(IOException e) {
        if (e instanceof AccessDeniedException) {
            return "permission denied";
        }
        return e instanceof FileSystemException failure && failure.getReason() != null
                ? failure.getReason()
                : e.toString();
    }
}
