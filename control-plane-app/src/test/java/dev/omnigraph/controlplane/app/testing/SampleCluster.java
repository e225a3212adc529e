package dev.omnigraph.controlplane.app.testing;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** A small configuration in a folder of the test. */
public final class SampleCluster {

    private final Path folder;

    /** A configuration that is there already. */
    public SampleCluster(Path folder) {
        this.folder = folder;
    }

    /** One graph with a schema and a stored query. */
    public static SampleCluster in(Path folder) {
        return new SampleCluster(folder)
                .write("cluster.yaml", """
                        version: 1
                        metadata:
                          name: sample
                        graphs:
                          people:
                            schema: people.pg
                            queries:
                              find_person:
                                file: find_person.gq
                        """)
                .write("people.pg", """
                        node Person {
                            name: String @key
                            age: I32?
                        }
                        """)
                .write("find_person.gq", """
                        query find_person($name: String) {
                            match {
                                $p: Person { name: $name }
                            }
                            return { $p.name, $p.age }
                        }
                        """);
    }

    public Path folder() {
        return folder;
    }

    public SampleCluster write(String path, String text) {
        try {
            Path file = folder.resolve(path);
            Files.createDirectories(file.getParent());
            Files.writeString(file, text);
            return this;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
