package dev.omnigraph.controlplane.app.testing;

import dev.omnigraph.controlplane.archive.ConfigurationArchive;
import dev.omnigraph.controlplane.config.FileContent;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;

/** Configuration folders as archives. */
public final class Archives {

    private Archives() {}

    /** A zip archive of the files of a sample cluster. */
    public static byte[] of(SampleCluster sample) {
        SortedMap<String, FileContent> files = new TreeMap<>();
        for (Path file : files(sample.folder())) {
            try {
                files.put(sample.folder().relativize(file).toString(), FileContent.of(Files.readAllBytes(file)));
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
        return ConfigurationArchive.zip(files);
    }

    private static List<Path> files(Path folder) {
        try (Stream<Path> all = Files.walk(folder)) {
            return all.filter(Files::isRegularFile)
                    .filter(file -> !folder.relativize(file).toString().startsWith("__"))
                    .filter(file -> !folder.relativize(file).toString().startsWith("graphs/"))
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
