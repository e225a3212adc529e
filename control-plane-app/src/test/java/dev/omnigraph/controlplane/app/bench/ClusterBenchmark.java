package dev.omnigraph.controlplane.app.bench;

import dev.omnigraph.controlplane.app.replay.TestCluster;
import dev.omnigraph.controlplane.command.CommandOutput;
import dev.omnigraph.controlplane.fault.FaultPoints;
import dev.omnigraph.controlplane.storage.CountingObjectStore;
import dev.omnigraph.controlplane.storage.folder.FolderObjectStore;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.Supplier;
import java.util.function.ToLongFunction;

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

    /** Types of each schema where no graph is made of it, half of them nodes and half edges, beside those of {@link #SCHEMA}. */
    private static final int MORE_TYPES = 28;

    /** How many times more graphs are validated to see the growth. */
    private static final int GROWTH = 10;

    private ClusterBenchmark() {}

    /** Arguments: the folder to work in, the number of graphs, and of queries for each. */
    public static void main(String[] arguments) throws IOException {
        Path folder = Path.of(arguments[0]).toRealPath();
        int graphs = Integer.parseInt(arguments[1]);
        int queries = Integer.parseInt(arguments[2]);
        validate(folder.resolve("wide"), graphs, queries);
        validate(folder.resolve("wide-and-many"), graphs * GROWTH, queries);
        converge(folder.resolve("cluster"), graphs, queries);
    }

    /** Sources only: nothing is stored. */
    private static void validate(Path folder, int graphs, int queries) throws IOException {
        declare(folder, graphs, queries, SCHEMA + moreTypes());
        CountingObjectStore store = new CountingObjectStore(new FolderObjectStore(folder));
        try (TestCluster cluster = new TestCluster(folder, store, FaultPoints.NONE)) {
            System.out.printf("%d graphs, %d queries each, %d types each%n", graphs, queries, MORE_TYPES + 2);
            once("first validate", store, cluster::validate);
            repeatedly("validate", store, cluster::validate);
        }
    }

    private static void converge(Path folder, int graphs, int queries) throws IOException {
        declare(folder, graphs, queries, SCHEMA);
        CountingObjectStore store = new CountingObjectStore(new FolderObjectStore(folder));
        try (TestCluster cluster = new TestCluster(folder, store, FaultPoints.NONE)) {
            System.out.printf("%d graphs, %d queries each, 2 types each%n", graphs, queries);
            once("import", store, cluster::importLedger);
            once("first apply", store, cluster::apply);
            repeatedly("validate", store, cluster::validate);
            repeatedly("no-op plan", store, cluster::plan);
            repeatedly("no-op apply", store, cluster::apply);
            repeatedly("status with catalog", store, cluster::status);
        }
    }

    /** Every graph and every query has a file of its own, and no two of them are equal. */
    private static void declare(Path folder, int graphs, int queries, String schema) throws IOException {
        Files.createDirectory(folder);
        StringBuilder configuration = new StringBuilder("version: 1\ngraphs:\n");
        for (int graph = 0; graph < graphs; graph++) {
            Files.writeString(folder.resolve("g" + graph + ".pg"), "// g" + graph + "\n" + schema);
            Path sources = Files.createDirectory(folder.resolve("queries-" + graph));
            for (int query = 0; query < queries; query++) {
                Files.writeString(
                        sources.resolve("q" + query + ".gq"),
                        "// g" + graph + "\nquery q" + query
                                + "($name: String) {\n  match { $p: Person { name: $name } }\n  return { $p.age }\n}\n");
            }
            configuration.append(
                    "  g%d:\n    schema: g%d.pg\n    queries: queries-%d/\n".formatted(graph, graph, graph));
        }
        Files.writeString(folder.resolve("cluster.yaml"), configuration);
    }

    private static String moreTypes() {
        StringBuilder types = new StringBuilder();
        for (int i = 0; i < MORE_TYPES / 2; i++) {
            types.append("node T%d {\n  key: String @key\n  count: I64?\n  at: DateTime?\n}\n".formatted(i));
            types.append("edge E%d: T%d -> Person\n".formatted(i, i));
        }
        return types.toString();
    }

    private static void once(String name, CountingObjectStore store, Supplier<CommandOutput> command) {
        store.reset();
        Times times = Times.of(command);
        print(name, times.elapsed(), times.cpu(), store, 1);
    }

    private static void repeatedly(String name, CountingObjectStore store, Supplier<CommandOutput> command) {
        for (int i = 0; i < WARM_UP; i++) {
            check(command.get());
        }
        store.reset();
        List<Times> runs = new ArrayList<>();
        for (int i = 0; i < RUNS; i++) {
            runs.add(Times.of(command));
        }
        print(name, median(runs, Times::elapsed), median(runs, Times::cpu), store, RUNS);
    }

    private static long median(List<Times> runs, ToLongFunction<Times> time) {
        return runs.stream().mapToLong(time).sorted().skip(RUNS / 2).findFirst().orElseThrow();
    }

    /**
     * What one run took, in nanoseconds.
     *
     * @param cpu of the calling thread, which does all the work; other programs on the machine do not count in it
     */
    private record Times(long elapsed, long cpu) {

        private static final ThreadMXBean THREADS = ManagementFactory.getThreadMXBean();

        static Times of(Supplier<CommandOutput> command) {
            long started = System.nanoTime();
            long cpuBefore = THREADS.getCurrentThreadCpuTime();
            check(command.get());
            return new Times(System.nanoTime() - started, THREADS.getCurrentThreadCpuTime() - cpuBefore);
        }
    }

    private static void check(CommandOutput output) {
        if (!output.ok()) {
            throw new IllegalStateException(output.diagnostics().toString());
        }
    }

    private static void print(String name, long elapsed, long cpu, CountingObjectStore store, int runs) {
        System.out.printf(
                Locale.ROOT,
                "%-20s %9.1f ms %9.1f ms of CPU   %6d store calls, %9d bytes read, %9d bytes written%n",
                name,
                elapsed / 1e6,
                cpu / 1e6,
                store.calls() / runs,
                store.bytesRead() / runs,
                store.bytesWritten() / runs);
    }
}
