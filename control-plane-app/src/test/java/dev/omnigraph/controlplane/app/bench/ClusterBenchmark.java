package dev.omnigraph.controlplane.app.bench;

import dev.omnigraph.controlplane.app.replay.TestCluster;
import dev.omnigraph.controlplane.command.CommandOutput;
import dev.omnigraph.controlplane.fault.FaultPoints;
import dev.omnigraph.controlplane.storage.CountingObjectStore;
import dev.omnigraph.controlplane.storage.folder.FolderObjectStore;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.Locale;
import java.util.function.Supplier;

/**
 * How long the commands take on a large cluster, and what they ask of the store. Not part of the build; run it with
 * {@code ./benchmark [graphs [queries]]}.
 */
public final class ClusterBenchmark {

    private static final int WARM_UP = 10;
    private static final int RUNS = 30;

    private static final String SCHEMA = """
            node Person {
              name: String @key
              email: String? @unique
              age: I32?
            }

            edge Knows: Person -> Person
            """;

    private ClusterBenchmark() {}

    /** Arguments: the folder to work in, the number of graphs, and of queries for each. */
    public static void main(String[] arguments) throws IOException {
        Path folder = Files.createTempDirectory(Path.of(arguments[0]).toRealPath(), "cluster-benchmark");
        int graphs = Integer.parseInt(arguments[1]);
        int queries = Integer.parseInt(arguments[2]);
        declare(folder, graphs, queries);
        CountingObjectStore store = new CountingObjectStore(new FolderObjectStore(folder));
        try (TestCluster cluster = new TestCluster(folder, store, FaultPoints.NONE)) {
            System.out.printf("%d graphs, %d queries each, in %s%n", graphs, queries, folder);
            once("import", store, cluster::importLedger);
            once("first apply", store, cluster::apply);
            repeatedly("validate", store, cluster::validate);
            repeatedly("no-op plan", store, cluster::plan);
            repeatedly("no-op apply", store, cluster::apply);
            repeatedly("status with catalog", store, cluster::status);
        }
    }

    private static void declare(Path folder, int graphs, int queries) throws IOException {
        StringBuilder configuration = new StringBuilder("version: 1\ngraphs:\n");
        Files.writeString(folder.resolve("people.pg"), SCHEMA);
        for (int graph = 0; graph < graphs; graph++) {
            Path sources = Files.createDirectory(folder.resolve("queries-" + graph));
            for (int query = 0; query < queries; query++) {
                Files.writeString(
                        sources.resolve("q" + query + ".gq"),
                        "query q" + query
                                + "($name: String) {\n  match { $p: Person { name: $name } }\n  return { $p.age }\n}\n");
            }
            configuration.append("  g%d:\n    schema: people.pg\n    queries: queries-%d/\n".formatted(graph, graph));
        }
        Files.writeString(folder.resolve("cluster.yaml"), configuration);
    }

    private static void once(String name, CountingObjectStore store, Supplier<CommandOutput> command) {
        store.reset();
        long started = System.nanoTime();
        check(command.get());
        print(name, System.nanoTime() - started, store, 1);
    }

    private static void repeatedly(String name, CountingObjectStore store, Supplier<CommandOutput> command) {
        for (int i = 0; i < WARM_UP; i++) {
            check(command.get());
        }
        store.reset();
        long[] times = new long[RUNS];
        for (int i = 0; i < RUNS; i++) {
            long started = System.nanoTime();
            check(command.get());
            times[i] = System.nanoTime() - started;
        }
        Arrays.sort(times);
        print(name, times[RUNS / 2], store, RUNS);
    }

    private static void check(CommandOutput output) {
        if (!output.ok()) {
            throw new IllegalStateException(output.diagnostics().toString());
        }
    }

    private static void print(String name, long nanos, CountingObjectStore store, int runs) {
        System.out.printf(
                Locale.ROOT,
                "%-20s %9.1f ms   %6d store calls, %9d bytes read, %9d bytes written%n",
                name,
                Duration.ofNanos(nanos).toNanos() / 1e6,
                store.calls() / runs,
                store.bytesRead() / runs,
                store.bytesWritten() / runs);
    }
}
