package dev.omnigraph.controlplane.app.replicas;

import dev.omnigraph.controlplane.app.campaign.StoredCluster;
import dev.omnigraph.controlplane.app.testing.RunningService;
import dev.omnigraph.controlplane.storage.GetOutcome;
import dev.omnigraph.controlplane.storage.ObjectKey;
import dev.omnigraph.controlplane.storage.ObjectStore;
import dev.omnigraph.controlplane.storage.StorageRoot;
import dev.omnigraph.controlplane.storage.TreeOutcome;
import dev.omnigraph.controlplane.storage.folder.FolderObjectStore;
import dev.omnigraph.controlplane.storage.s3.S3Server;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.stream.Stream;

/**
 * The cluster of a campaign: where it is stored, and a configuration that changes all the time.
 *
 * @param folder of the configuration
 * @param settings for each service
 * @param options of each service's virtual machine
 * @param store the storage, for reading it afresh
 */
record Site(Path folder, List<String> settings, List<String> options, ObjectStore store) {

    /** Numbers of configurations with every graph, and without one of them. */
    static final int WITH_ALL = 0;

    static final int WITHOUT_SCRATCH = 2;

    private static final String WITH_PEOPLE = """
            version: 1
            policies:
              access:
                file: access.yaml
                applies_to: [cluster]
            graphs:
              people:
                schema: people.pg
                queries:
                  find_person:
                    file: find_person.gq
            """;
    private static final String WITH_SCRATCH = WITH_PEOPLE + """
              scratch:
                schema: people.pg
            """;

    /** A cluster with graphs in the configuration's own folder. */
    static Site onFolder(Path folder) {
        return new Site(folder, List.of(RunningService.SHORT_HEARTBEAT), List.of(), new FolderObjectStore(folder));
    }

    /**
     * A cluster in a bucket, with its configuration in a folder.
     *
     * @param endpoint by which services reach it
     */
    static Site inBucket(Path folder, S3Server server, URI endpoint, StorageRoot.Bucket root, ObjectStore store) {
        return new Site(
                folder,
                List.of(
                        "--control-plane.storage=" + root.display(),
                        "--control-plane.instance.heartbeat=1s",
                        "--AWS_ENDPOINT_URL_S3=" + endpoint),
                List.of("-Daws.accessKeyId=" + server.accessKey(), "-Daws.secretAccessKey=" + server.secretKey()),
                store);
    }

    /** What is stored, read from outside. A bucket is copied into a folder for that. */
    StoredCluster stored(Path scratch) throws IOException {
        if (store instanceof FolderObjectStore) {
            return StoredCluster.read(folder);
        }
        Path copy = Files.createTempDirectory(scratch, "bucket");
        for (TreeOutcome.Entry entry : ((TreeOutcome.Listed) store.tree(ObjectKey.ROOT)).entries()) {
            Path file = copy.resolve(entry.key().path());
            Files.createDirectories(file.getParent());
            Files.write(
                    file, ((GetOutcome.Found) store.get(entry.key())).object().bytes());
        }
        return StoredCluster.read(copy);
    }

    /** The settings of one service. */
    String[] settingsWith(String... more) {
        return Stream.concat(settings.stream(), Stream.of(more)).toArray(String[]::new);
    }

    /** A configuration of this number; every third leaves a graph out that the others have. */
    void write(int number) {
        put("access.yaml", """
                version: 1
                groups:
                  readers: [reader-%d]
                rules:
                  - id: readers-list-graphs
                    allow:
                      actors: { group: readers }
                      actions: [graph_list]
                """.formatted(number));
        put("people.pg", """
                node Person {
                    name: String @key
                    age: I32?
                }
                """);
        put("find_person.gq", """
                query find_person($name: String) @description("number %d") {
                    match {
                        $p: Person { name: $name }
                    }
                    return { $p.name, $p.age }
                }
                """.formatted(number));
        put("cluster.yaml", number % 3 == WITHOUT_SCRATCH ? WITH_PEOPLE : WITH_SCRATCH);
    }

    /** In one step: a request reads the old file or the new one. */
    private void put(String name, String text) {
        try {
            Path next = Files.writeString(folder.resolve(name + ".next"), text);
            Files.move(next, folder.resolve(name), StandardCopyOption.ATOMIC_MOVE);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
