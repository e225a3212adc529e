package dev.omnigraph.controlplane.lance.bench;

import dev.omnigraph.controlplane.fault.FaultPoints;
import dev.omnigraph.controlplane.graph.GraphCreation;
import dev.omnigraph.controlplane.graph.GraphObservation;
import dev.omnigraph.controlplane.graph.GraphRoot;
import dev.omnigraph.controlplane.id.UlidSource;
import dev.omnigraph.controlplane.lance.LanceGraphEngine;
import dev.omnigraph.controlplane.storage.folder.FolderObjectStore;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/**
 * How long creating and observing a graph takes in a warm process. Not part of the build; from the project's folder:
 *
 * <pre>{@code
 * ./mvnw -q -pl lance-adapter -am -DskipTests test-compile dependency:build-classpath -Dmdep.outputFile=target/classpath
 * java --add-opens=java.base/java.nio=ALL-UNNAMED \
 *     -cp lance-adapter/target/test-classes:lance-adapter/target/classes:$(cat lance-adapter/target/classpath) \
 *     dev.omnigraph.controlplane.lance.bench.GraphEngineBenchmark /folder/on/the/disk/to/measure 200
 * }</pre>
 */
public final class GraphEngineBenchmark {

    private static final int WARM_UP = 50;

    private static final String SCHEMA = """
            node Person {
              name: String @key
              email: String? @unique
              age: I32?
            }

            node Company {
              name: String @key
              founded: Date?
            }

            edge WorksAt: Person -> Company {
              since: Date?
            }

            edge Knows: Person -> Person
            """;

    private GraphEngineBenchmark() {}

    /** Arguments: the folder to work in, on the file system to be measured, and how often. */
    public static void main(String[] arguments) throws Exception {
        Path folder = Files.createTempDirectory(Path.of(arguments[0]).toAbsolutePath(), "benchmark");
        int runs = Integer.parseInt(arguments[1]);
        FolderObjectStore store = new FolderObjectStore(folder);
        long started = System.nanoTime();
        try (LanceGraphEngine engine =
                LanceGraphEngine.open(store, FaultPoints.NONE, new UlidSource(), InstantSource.system())) {
            System.out.printf("start of the engine          %8.2f ms%n", millis(System.nanoTime() - started));
            List<GraphRoot> roots = new ArrayList<>();
            for (int i = 0; i < WARM_UP + runs; i++) {
                roots.add(new GraphRoot(folder + "/graphs/g" + i + ".omni"));
            }
            report(
                    "create",
                    roots,
                    root -> engine.create(root, SCHEMA, "claimant", () -> {}),
                    GraphCreation.Created.class);
            report("observe", roots, engine::observe, GraphObservation.Opened.class);
        }
    }

    private interface Call {
        Object on(GraphRoot root);
    }

    private static void report(String what, List<GraphRoot> roots, Call call, Class<?> expected) {
        List<Long> times = new ArrayList<>();
        for (GraphRoot root : roots) {
            long started = System.nanoTime();
            Object outcome = call.on(root);
            times.add(System.nanoTime() - started);
            if (!expected.isInstance(outcome)) {
                throw new IllegalStateException(what + " of " + root + " came to " + outcome);
            }
        }
        long first = times.get(0);
        List<Long> warm = new ArrayList<>(times.subList(WARM_UP, times.size()));
        Collections.sort(warm);
        System.out.printf(
                "%-8s first %8.2f ms, then of %d: fastest %.2f, median %.2f, 95%% within %.2f ms%n",
                what,
                millis(first),
                warm.size(),
                millis(warm.get(0)),
                millis(warm.get(warm.size() / 2)),
                millis(warm.get(warm.size() * 95 / 100)));
    }

    private static double millis(long nanos) {
        return nanos / (double) Duration.ofMillis(1).toNanos();
    }
}
