package dev.omnigraph.controlplane.lance;

import dev.omnigraph.controlplane.fault.FaultPoints;
import dev.omnigraph.controlplane.graph.GraphObservation;
import dev.omnigraph.controlplane.graph.GraphRoot;
import dev.omnigraph.controlplane.graph.SchemaApplication;
import dev.omnigraph.controlplane.graph.SchemaChange;
import dev.omnigraph.controlplane.id.UlidSource;
import dev.omnigraph.controlplane.language.schema.migration.DropMode;
import dev.omnigraph.controlplane.storage.folder.FolderObjectStore;
import dev.omnigraph.controlplane.testing.EngineProgram;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.opentest4j.TestAbortedException;

/**
 * Adds a property to a large table and to one with wide vectors: how long it takes, the most memory that the process holds,
 * and what is written; beside it the engine's own schema apply, where its program is. Each runs in a process of its own.
 */
final class MigrationBenchmark {

    private static final String APPLY = "apply";
    private static final String NARROW = "node Row { name: String @key  age: I32?  email: String?  seen: DateTime? }\n";
    private static final String WIDE = "node Row { name: String @key  age: I32?  vector: Vector(768) }\n";
    private static final int WIDE_SHARE = 10;
    private static final int ROWS_AT_ONCE = 20_000;
    private static final long LOOK_EVERY_MILLIS = 5;

    private MigrationBenchmark() {}

    /** Arguments: the folder to work in, on the file system to be measured, and the rows of the larger table. */
    public static void main(String[] arguments) throws Exception {
        if (arguments[0].equals(APPLY)) {
            apply(Path.of(arguments[1]), Path.of(arguments[2]));
            return;
        }
        Path folder = Path.of(arguments[0]).toAbsolutePath();
        int rows = Integer.parseInt(arguments[1]);
        compare(folder.resolve("narrow"), NARROW, rows);
        compare(folder.resolve("wide"), WIDE, rows / WIDE_SHARE);
    }

    private static void compare(Path folder, String schema, int rows) throws Exception {
        Path desired = folder.resolve("desired.pg");
        try (TestCluster cluster = new TestCluster(folder)) {
            cluster.create("ours", schema);
            TestRows table = new TestRows(cluster.location("ours"));
            for (int left = rows; left > 0; left -= ROWS_AT_ONCE) {
                table.load("node:Row", Math.min(left, ROWS_AT_ONCE));
            }
            TestFolders.copyGraph(cluster.path("ours"), cluster.path("engines"));
            Files.writeString(desired, schema.replace("age: I32?", "age: I32?  more: String?"));
            System.out.printf("%,d rows of %s", rows, schema);
            measure("here  ", cluster.path("ours"), ours(folder, desired));
            Optional<String> program = engineProgram();
            if (program.isPresent()) {
                String root = cluster.path("engines").toString();
                measure(
                        "engine",
                        cluster.path("engines"),
                        List.of(program.get(), "schema", "apply", "--schema", desired.toString(), root));
            }
        }
    }

    private static List<String> ours(Path folder, Path desired) {
        return List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "--add-opens=java.base/java.nio=ALL-UNNAMED",
                "-cp",
                System.getProperty("java.class.path"),
                MigrationBenchmark.class.getName(),
                APPLY,
                folder.toString(),
                desired.toString());
    }

    private static Optional<String> engineProgram() {
        try {
            return Optional.of(EngineProgram.require().location());
        } catch (TestAbortedException notHere) {
            return Optional.empty();
        }
    }

    private static void measure(String who, Path root, List<String> command) throws Exception {
        long before = bytes(root);
        long started = System.nanoTime();
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        long peak = 0;
        while (!process.waitFor(LOOK_EVERY_MILLIS, TimeUnit.MILLISECONDS)) {
            peak = Math.max(peak, peakKilobytes(process.pid()));
        }
        long millis = Duration.ofNanos(System.nanoTime() - started).toMillis();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        if (process.exitValue() != 0) {
            throw new IllegalStateException(command + " failed: " + output);
        }
        System.out.printf(
                "  %s %,7d ms in all%s, at most %,6d MB of memory, %,6d MB written%n",
                who,
                millis,
                output.lines().filter(line -> line.startsWith(", ")).findFirst().orElse(""),
                peak / 1024,
                (bytes(root) - before) / 1024 / 1024);
    }

    /** In a process of its own: one apply, and how long the call took. */
    private static void apply(Path folder, Path desired) throws IOException {
        try (LanceGraphEngine engine = LanceGraphEngine.open(
                new FolderObjectStore(folder), FaultPoints.NONE, new UlidSource(), InstantSource.system())) {
            GraphRoot root = new GraphRoot(folder.resolve("graphs/ours.omni").toString());
            GraphObservation.Opened live = (GraphObservation.Opened) engine.observe(root);
            SchemaChange change =
                    new SchemaChange(Files.readString(desired), live.schemaDigest(), DropMode.SOFT, Optional.empty());
            long started = System.nanoTime();
            SchemaApplication outcome = engine.applySchema(root, change, new RecordingJournal());
            if (!(outcome instanceof SchemaApplication.Applied)) {
                throw new IllegalStateException(outcome.toString());
            }
            System.out.printf(
                    ", %,7d ms of them for the apply%n",
                    Duration.ofNanos(System.nanoTime() - started).toMillis());
        }
    }

    /** The most resident memory that a process has had so far; 0 where it is gone or the system does not tell. */
    private static long peakKilobytes(long pid) {
        try (Stream<String> lines = Files.lines(Path.of("/proc", Long.toString(pid), "status"))) {
            return lines.filter(line -> line.startsWith("VmHWM:"))
                    .map(line -> line.replaceAll("\\D", ""))
                    .mapToLong(Long::parseLong)
                    .findFirst()
                    .orElse(0);
        } catch (IOException | UncheckedIOException gone) {
            return 0;
        }
    }

    private static long bytes(Path root) throws IOException {
        long sum = 0;
        try (Stream<Path> walk = Files.walk(root)) {
            for (Path file : walk.filter(Files::isRegularFile).toList()) {
                sum += Files.size(file);
            }
        }
        return sum;
    }
}
