package dev.omnigraph.controlplane.app.campaign;

import dev.omnigraph.controlplane.digest.Sha256;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/** Clusters as folders: put in place, kept aside, thrown away. */
final class Folders {

    private Folders() {}

    /** Copies a folder in which somebody else may just be writing; what is gone when its turn comes is left out. */
    static void copy(Path from, Path to) throws IOException {
        List<Path> all;
        try (Stream<Path> tree = Files.walk(from)) {
            all = tree.toList();
        }
        for (Path source : all) {
            Path target = to.resolve(from.relativize(source).toString());
            if (Files.isDirectory(source)) {
                Files.createDirectories(target);
            } else {
                copyIfThere(source, target);
            }
        }
    }

    private static void copyIfThere(Path source, Path target) throws IOException {
        try {
            Files.copy(source, target);
        } catch (NoSuchFileException gone) {
            Files.deleteIfExists(target);
        }
    }

    /** Puts a copy in the place of what is there. */
    static void replace(Path place, Path with) throws IOException {
        delete(place);
        copy(with, place);
    }

    /** Tells folders apart by the names and contents of their files. */
    static String digest(Path folder) throws IOException {
        List<Path> files;
        try (Stream<Path> tree = Files.walk(folder)) {
            files = tree.filter(Files::isRegularFile).sorted().toList();
        }
        StringBuilder all = new StringBuilder();
        for (Path file : files) {
            all.append(folder.relativize(file))
                    .append(' ')
                    .append(Sha256.hex(Files.readAllBytes(file)))
                    .append('\n');
        }
        return Sha256.hex(all.toString());
    }

    static void delete(Path folder) throws IOException {
        if (!Files.exists(folder)) {
            return;
        }
        List<Path> all;
        try (Stream<Path> tree = Files.walk(folder)) {
            all = tree.sorted(Comparator.reverseOrder()).toList();
        }
        for (Path one : all) {
            Files.deleteIfExists(one);
        }
    }
}
