package dev.omnigraph.controlplane.testing;

import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** Folders with everything in them. */
public final class FileTrees {

    private FileTrees() {}

    /**
     * Copies a folder, in which somebody else may just be writing: what is gone when its turn comes is left out. What is
     * read-only in the original can be written in the copy.
     */
    public static void copy(Path from, Path to) throws IOException {
        for (Path source : all(from)) {
            Path target = to.resolve(from.relativize(source).toString());
            if (Files.isDirectory(source)) {
                Files.createDirectories(target);
            } else {
                copyIfThere(source, target);
            }
        }
    }

    private static void copyIfThere(Path source, Path target) throws IOException {
        byte[] content;
        try {
            content = Files.readAllBytes(source);
        } catch (NoSuchFileException gone) {
            return;
        }
        Files.write(target, content);
    }

    /** Puts a copy in the place of what is there. */
    public static void replace(Path place, Path with) throws IOException {
        remove(place);
        copy(with, place);
    }

    /** Removes a file, or a folder with everything in it, if it is there. */
    public static void remove(Path path) throws IOException {
        if (Files.exists(path)) {
            for (Path each :
                    all(path).stream().sorted(Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(each);
            }
        }
    }

    /** The files in a folder and below it, in a fixed order. */
    public static List<Path> files(Path folder) throws IOException {
        return all(folder).stream().filter(Files::isRegularFile).sorted().toList();
    }

    /** In the order in which they can be made anew; what is gone when its turn comes is left out. */
    private static List<Path> all(Path folder) throws IOException {
        List<Path> all = new ArrayList<>();
        Files.walkFileTree(folder, new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult preVisitDirectory(Path directory, BasicFileAttributes attributes) {
                all.add(directory);
                return FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
                all.add(file);
                return FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult visitFileFailed(Path file, IOException failure) throws IOException {
                if (failure instanceof NoSuchFileException && !file.equals(folder)) {
                    return FileVisitResult.CONTINUE;
                }
                throw failure;
            }
        });
        return all;
    }
}
