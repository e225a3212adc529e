package dev.omnigraph.controlplane.lance;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** Copies of graph roots. What names its own place is told the new one. */
final class GraphCopy {

    private GraphCopy() {}

    static void of(Path source, Path target) throws IOException {
        List<Path> all;
        try (Stream<Path> walk = Files.walk(source)) {
            all = walk.toList();
        }
        for (Path from : all) {
            Path to = target.resolve(source.relativize(from).toString());
            if (Files.isDirectory(from)) {
                Files.createDirectories(to);
            } else if (from.toString().endsWith(".json")) {
                Files.writeString(to, Files.readString(from).replace(source.toString(), target.toString()));
            } else {
                Files.copy(from, to);
            }
        }
    }
}
