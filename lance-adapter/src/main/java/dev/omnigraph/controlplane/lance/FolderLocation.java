package dev.omnigraph.controlplane.lance;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A place in a local folder.
 *
 * @param path absolute, as Lance resolves it
 */
record FolderLocation(Path path) implements DatasetLocation {

    @Override
    public FolderLocation resolve(String below) {
        return new FolderLocation(path.resolve(below));
    }

    @Override
    public String uri() {
        return path.toString();
    }

    @Override
    public Map<String, String> storageOptions() {
        return Map.of();
    }

    @Override
    public boolean isPresent() {
        return Files.exists(path);
    }

    @Override
    public FolderVersionFile version(long version) {
        return new FolderVersionFile(path.resolve(VersionFile.FOLDER).resolve(VersionFile.name(version)));
    }

    @Override
    public Optional<VersionFile> newestVersion() throws IOException {
        Optional<Path> newest = Optional.empty();
        try (DirectoryStream<Path> files =
                Files.newDirectoryStream(path.resolve(VersionFile.FOLDER), "*" + VersionFile.SUFFIX)) {
            for (Path file : files) {
                newest = Optional.of(
                        newest.filter(other -> other.compareTo(file) < 0).orElse(file));
            }
        } catch (NoSuchFileException | NotDirectoryException e) {
            return Optional.empty();
        }
        return newest.map(FolderVersionFile::new);
    }

    @Override
    public boolean isCalled(String otherUri) throws IOException {
        if (otherUri.equals(uri())) {
            return true;
        }
        try {
            Path other = Path.of(otherUri);
            return other.isAbsolute() && Files.exists(other) && Files.isSameFile(other, path);
        } catch (InvalidPathException e) {
            return false;
        }
    }

    @Override
    public void remove() throws IOException {
        if (!Files.exists(path)) {
            return;
        }
        Files.walkFileTree(path, new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
                Files.delete(file);
                return FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult postVisitDirectory(Path visited, @Nullable IOException failure) throws IOException {
                if (failure != null) {
                    throw failure;
                }
                Files.delete(visited);
                return FileVisitResult.CONTINUE;
            }
        });
    }

    @Override
    public String toString() {
        return uri();
    }
}
