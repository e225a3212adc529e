package dev.omnigraph.controlplane.lance;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/** Whole folders, for tests that damage or compare graphs. */
final class TestFolders {

    private TestFolders() {}

    static void delete(Path folder) throws IOException {
        List<Path> all;
        try (Stream<Path> walk = Files.walk(folder)) {
            all = walk.sorted(Comparator.reverseOrder()).toList();
        }
        for (Path one : all) {
            Files.delete(one);
        }
    }

    /** Copies a graph so that it works there: sidecars and branches hold the whole path of its root. */
    static void copyGraph(Path root, Path target) throws IOException {
        copy(root, target);
        try (Stream<Path> walk = Files.walk(target)) {
            for (Path file :
                    walk.filter(path -> path.toString().endsWith(".json")).toList()) {
                Files.writeString(file, Files.readString(file).replace(root.toString(), target.toString()));
            }
        }
    }

    static void copy(Path from, Path to) throws IOException {
        List<Path> all;
        try (Stream<Path> walk = Files.walk(from)) {
            all = walk.toList();
        }
        for (Path one : all) {
            Path copy = to.resolve(from.relativize(one).toString());
            if (Files.isDirectory(one)) {
                Files.createDirectories(copy);
            } else {
                // Lance keeps files that are younger than the versions it keeps.
                Files.copy(one, copy, StandardCopyOption.COPY_ATTRIBUTES);
            }
        }
    }
}
