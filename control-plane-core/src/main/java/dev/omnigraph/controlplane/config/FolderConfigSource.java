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
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A configuration in a folder of this machine. Paths are resolved as the operating system does, symbolic links
 * included; what then lies outside the folder is refused unless the scope allows it (improvements.md I25).
 */
public final class FolderConfigSource implements ConfigSource {

    /** Dangling symbolic links followed in a row, only to tell where they point. */
    private static final int MAX_LINKS = 40;

    private final Path folder;
    private final SourceBudget budget;
    private final Map<Path, FileRead> reads = new HashMap<>();

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
            return reads.computeIfAbsent(real.path(), this::readReal);
        }
        return location instanceof Location.Missing missing ? unreadable(missing.reason()) : new FileRead.Outside();
    }

    @Override
    public FolderListing list(String declared, SourceScope scope) {
        Location location = locate(declared, scope);
        if (location instanceof Location.Outside) {
            return new FolderListing.Outside();
        }
        if (!(location instanceof Location.Real real) || !Files.isDirectory(real.path(), LinkOption.NOFOLLOW_LINKS)) {
            return new FolderListing.NotAFolder();
        }
        return listReal(real.path());
    }

    private FileRead readReal(Path path) {
        if (Files.isDirectory(path, LinkOption.NOFOLLOW_LINKS)) {
            return unreadable("is a folder");
        }
        if (!Files.isRegularFile(path, LinkOption.NOFOLLOW_LINKS)) {
            return unreadable("is not a regular file");
        }
        try (InputStream in = Files.newInputStream(path, LinkOption.NOFOLLOW_LINKS)) {
            byte[] bytes = in.readNBytes(Math.toIntExact(budget.limits().maxFileBytes() + 1));
            return budget.take(bytes.length)
                    .<FileRead>map(FileRead.Unreadable::new)
                    .orElseGet(() -> new FileRead.Found(FileContent.of(bytes)));
        } catch (IOException e) {
            return unreadable("cannot be read (" + reasonOf(e) + ")");
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

        /** To something that exists, spelled without symbolic links. */
        record Real(Path path) implements Location {}

        record Missing(String reason) implements Location {}

        record Outside() implements Location {}
    }

    private Location locate(String declared, SourceScope scope) {
        try {
            // A slash at the end asks for a folder, which a Path forgets; the dot keeps it asked for.
            Path path = folder.resolve(declared.endsWith("/") ? declared + "." : declared);
            if (scope == SourceScope.CONFIG_FOLDER && !isInside(path.toAbsolutePath())) {
                return new Location.Outside();
            }
            return new Location.Real(path.toRealPath());
        } catch (NoSuchFileException e) {
            return new Location.Missing("does not exist");
        } catch (InvalidPathException e) {
            return new Location.Missing("cannot exist: " + e.getReason());
        } catch (IOException e) {
            return new Location.Missing("cannot be reached (" + reasonOf(e) + ")");
        }
    }

    private boolean isInside(Path path) throws IOException {
        Path root = folder.toRealPath();
        Path lexical = path.normalize();
        boolean lexicallyInside = lexical.startsWith(root)
                || lexical.startsWith(folder.toAbsolutePath().normalize());
        return lexicallyInside && nearestExisting(path, MAX_LINKS).startsWith(root);
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
