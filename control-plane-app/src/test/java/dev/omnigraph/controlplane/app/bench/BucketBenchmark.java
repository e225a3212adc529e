package dev.omnigraph.controlplane.app.bench;

import dev.omnigraph.controlplane.app.replay.TestCluster;
import dev.omnigraph.controlplane.command.CommandOutput;
import dev.omnigraph.controlplane.fault.FaultPoints;
import dev.omnigraph.controlplane.storage.StorageRoot;
import dev.omnigraph.controlplane.storage.s3.EmbeddedS3;
import dev.omnigraph.controlplane.storage.s3.IndependentServers;
import dev.omnigraph.controlplane.storage.s3.S3ObjectStore;
import dev.omnigraph.controlplane.storage.s3.S3Server;
import dev.omnigraph.controlplane.storage.s3.TestBucket;
import dev.omnigraph.controlplane.testing.EngineProgram;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Supplier;

/**
 * How long the commands take on a cluster in a bucket and what they ask of it, beside the engine's own tool on the same
 * server, with the same configuration below another prefix. Not part of the build; run it with
 * {@code ./benchmark s3 [graphs [queries]]}. This service is a warm process, the tool a process for each command, as people
 * use them. The server is the tests' own, in this process, and counts what it is asked, unless another is named.
 */
public final class BucketBenchmark {

    /** A service runs for weeks: after so many runs a command hardly gets quicker. */
    private static final int WARM_UP = 60;

    private static final int RUNS = 15;
    private static final int RUNS_OF_THE_TOOL = 5;
    private static final int CHANGED_QUERIES = 20;

    private static final String KINDS = "kinds";

    private static final String SCHEMA = """
            node Person {
              name: String @key
              email: String? @unique
              age: I32?
            }

            edge Knows: Person -> Person
            """;

    private final int graphs;
    private final int queries;
    private final boolean shows;
    private final EngineProgram engine = EngineProgram.require();
    private final S3Server server;
    private final RequestCounts requests;
    private final Site ours;
    private final Site theirs;
    private final ExecutorService threads;

    /** So many queries were changed so far. */
    private int changes;

    /** What is aimed at, as a part of what the tool needs. */
    private enum Aim {
        CREATES(0.5, 0.4),
        OTHERS(0.2, 0.4),
        /** Nothing is: it is seldom asked for, or does more than the tool. */
        NONE(Double.MAX_VALUE, Double.MAX_VALUE);

        private final double time;
        private final double requests;

        Aim(double time, double requests) {
            this.time = time;
            this.requests = requests;
        }
    }

    /** A configuration, and where its cluster is stored. */
    private record Site(Path folder, StorageRoot.Bucket root) {}

    /** What one run took. */
    private record Cost(long nanos, int requests, Map<String, Integer> kinds) {}

    private BucketBenchmark(Path work, int graphs, int queries, String choice) throws IOException {
        this.graphs = graphs;
        this.queries = queries;
        this.shows = choice.equals(KINDS);
        if (shows || choice.isEmpty()) {
            EmbeddedS3 own = new EmbeddedS3();
            this.server = own;
            this.requests = RequestCounts.of(own);
        } else {
            this.server = IndependentServers.require(choice);
            this.requests = RequestCounts.none();
        }
        this.ours = new Site(Files.createDirectory(work.resolve("ours")), TestBucket.freshRoot());
        this.theirs = new Site(Files.createDirectory(work.resolve("theirs")), TestBucket.freshRoot());
        this.threads = Executors.newFixedThreadPool(ours.root().requestsAtOnce());
    }

    /**
     * Arguments: the folder to work in, the numbers of graphs and of queries for each, and {@code kinds} to see all requests,
     * or {@code weed} or {@code minio} for times on such a server, whose requests nobody counts.
     */
    public static void main(String[] arguments) throws IOException {
        new BucketBenchmark(
                        Path.of(arguments[0]).toRealPath(),
                        Integer.parseInt(arguments[1]),
                        Integer.parseInt(arguments[2]),
                        arguments.length > 3 ? arguments[3] : "")
                .run();
        System.exit(0); // threads of Lance and of the server would go on
    }

    private void run() throws IOException {
        declare(ours);
        declare(theirs);
        System.out.printf(
                "%d graphs, %d queries each, engine %s, server %s%n", graphs, queries, engine.location(), server);
        System.out.printf("%-26s %10s %10s %6s  %8s %8s %6s%n", "", "ours", "tool", "ratio", "ours", "tool", "ratio");
        try (S3ObjectStore store = TestBucket.open(server, ours.root());
                TestCluster cluster = TestCluster.inBucket(ours.folder(), store, store, FaultPoints.NONE, threads)) {
            warmUp();
            single("import", Aim.NONE, cluster::importLedger, "import");
            single(graphs + " creates", Aim.CREATES, cluster::apply, "apply");
            repeated("no-op apply", Aim.OTHERS, () -> {}, cluster::apply, "apply");
            repeated(CHANGED_QUERIES + " changed queries", Aim.OTHERS, this::changeQueries, cluster::apply, "apply");
            repeated("status", Aim.OTHERS, () -> {}, () -> cluster.status(false), "status");
            repeated("status, catalog read", Aim.NONE, () -> {}, () -> cluster.status(true), "status");
            repeated("refresh", Aim.OTHERS, () -> {}, cluster::refresh, "refresh");
        }
    }

    /** The service has run for a while when somebody creates graphs. */
    private void warmUp() throws IOException {
        Site other = new Site(Files.createDirectory(ours.folder().resolveSibling("warm-up")), TestBucket.freshRoot());
        declare(other);
        try (S3ObjectStore store = TestBucket.open(server, other.root());
                TestCluster cluster = TestCluster.inBucket(other.folder(), store, store, FaultPoints.NONE, threads)) {
            cluster.importLedger();
            cluster.apply();
        }
    }

    private void single(String name, Aim aim, Supplier<CommandOutput> command, String tool) {
        print(name, aim, ours(command), theirs(tool));
    }

    private void repeated(String name, Aim aim, Runnable before, Supplier<CommandOutput> command, String tool) {
        for (int i = 0; i < WARM_UP; i++) {
            before.run();
            check(command.get());
        }
        List<Cost> own = new ArrayList<>();
        for (int i = 0; i < RUNS; i++) {
            before.run();
            own.add(ours(command));
        }
        List<Cost> tools = new ArrayList<>();
        theirs(tool); // to where the next change is the only one
        for (int i = 0; i < RUNS_OF_THE_TOOL; i++) {
            before.run();
            tools.add(theirs(tool));
        }
        print(name, aim, median(own), median(tools));
    }

    private static Cost median(List<Cost> runs) {
        List<Cost> sorted = new ArrayList<>(runs);
        sorted.sort((one, other) -> Long.compare(one.nanos(), other.nanos()));
        return sorted.get(sorted.size() / 2);
    }

    private Cost ours(Supplier<CommandOutput> command) {
        requests.take();
        long started = System.nanoTime();
        check(command.get());
        return cost(started);
    }

    private Cost theirs(String command) {
        requests.take();
        long started = System.nanoTime();
        EngineProgram.Run run = engine.run(
                theirs.folder(),
                server.environment(),
                "cluster",
                command,
                "--config",
                theirs.folder().toString());
        Cost cost = cost(started);
        if (run.exit() != 0) {
            throw new IllegalStateException(run.output() + run.errors());
        }
        return cost;
    }

    private Cost cost(long started) {
        long nanos = System.nanoTime() - started;
        Map<String, Integer> kinds = requests.take();
        return new Cost(
                nanos, kinds.values().stream().mapToInt(Integer::intValue).sum(), Collections.unmodifiableMap(kinds));
    }

    private static void check(CommandOutput output) {
        if (!output.ok()) {
            throw new IllegalStateException(output.diagnostics().toString());
        }
    }

    private void print(String name, Aim aim, Cost own, Cost tool) {
        double time = (double) own.nanos() / tool.nanos();
        System.out.printf(
                Locale.ROOT,
                "%-26s %7.1f ms %7.1f ms %6.2f%s %s%n",
                name,
                own.nanos() / 1e6,
                tool.nanos() / 1e6,
                time,
                time > aim.time ? "!" : " ",
                tool.requests() == 0 ? "" : requests(aim, own.requests(), tool.requests()));
        if (shows) {
            System.out.println("    ours " + own.kinds() + "\n    tool " + tool.kinds());
        }
    }

    private static String requests(Aim aim, int own, int tool) {
        double part = (double) own / tool;
        return String.format(Locale.ROOT, "%8d %8d %6.2f%s", own, tool, part, part > aim.requests ? "!" : " ");
    }

    private void declare(Site site) throws IOException {
        StringBuilder configuration =
                new StringBuilder("version: 1\nstorage: " + site.root().display() + "\ngraphs:\n");
        for (int graph = 0; graph < graphs; graph++) {
            Files.writeString(site.folder().resolve("g" + graph + ".pg"), "// g" + graph + "\n" + SCHEMA);
            Files.createDirectory(site.folder().resolve("queries-" + graph));
            for (int query = 0; query < queries; query++) {
                writeQuery(site, graph, query);
            }
            configuration.append(
                    "  g%d:\n    schema: g%d.pg\n    queries: queries-%d/\n".formatted(graph, graph, graph));
        }
        Files.writeString(site.folder().resolve("cluster.yaml"), configuration);
    }

    private void writeQuery(Site site, int graph, int query) throws IOException {
        Files.writeString(
                site.folder().resolve("queries-" + graph + "/q" + query + ".gq"),
                "// g" + graph + ", " + changes + "\nquery q" + query
                        + "($name: String) {\n  match { $p: Person { name: $name } }\n  return { $p.age }\n}\n");
    }

    /** One query of each of so many graphs, or several where there are fewer graphs. */
    private void changeQueries() {
        changes++;
        try {
            for (int i = 0; i < Math.min(CHANGED_QUERIES, graphs * queries); i++) {
                writeQuery(ours, i % graphs, i / graphs);
                writeQuery(theirs, i % graphs, i / graphs);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
