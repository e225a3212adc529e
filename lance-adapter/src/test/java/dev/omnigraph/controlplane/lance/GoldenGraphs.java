package dev.omnigraph.controlplane.lance;

import dev.omnigraph.controlplane.testing.Recordings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** Graph roots that the engine wrote, as recordings. */
final class GoldenGraphs {

    /** The folder that the roots lay at when they were recorded. */
    static final String RECORDED_AT = "/srv/golden/graph.omni";

    private static final String FOLDER = "golden-graphs/";
    private static final String ROOT = "${ROOT}";

    private GoldenGraphs() {}

    static String schema(String name) {
        return Recordings.text(FOLDER + name + "/v1.pg");
    }

    static String about(String name) {
        return Recordings.text(FOLDER + name + "/about.json");
    }

    /** Copies a recorded root to where it is to be used. */
    static void copy(String name, Path target) throws IOException {
        Path source = Recordings.path(FOLDER + name + "/graph.omni");
        List<Path> all;
        try (Stream<Path> walk = Files.walk(source)) {
            all = walk.toList();
        }
        for (Path from : all) {
            Path to = target.resolve(source.relativize(from).toString());
            if (Files.isDirectory(from)) {
                Files.createDirectories(to);
            } else if (from.toString().endsWith(".json")) {
                Files.writeString(to, Files.readString(from).replace(ROOT, target.toString()));
            } else {
                Files.write(to, Files.readAllBytes(from));
            }
        }
    }
}
