package dev.omnigraph.controlplane.app.fault;

import dev.omnigraph.controlplane.app.fault.GraphScenario.Ending;
import dev.omnigraph.controlplane.app.replay.TestCluster;
import dev.omnigraph.controlplane.diagnostic.Diagnostic;
import dev.omnigraph.controlplane.fault.FaultPoint;
import dev.omnigraph.controlplane.fault.FaultPoints;
import dev.omnigraph.controlplane.ledger.ControlKeys;
import dev.omnigraph.controlplane.ledger.InvalidDocumentException;
import dev.omnigraph.controlplane.ledger.LockDocument;
import dev.omnigraph.controlplane.storage.GetOutcome;
import dev.omnigraph.controlplane.storage.StorageRoot;
import dev.omnigraph.controlplane.storage.s3.EmbeddedS3;
import dev.omnigraph.controlplane.storage.s3.S3ObjectStore;
import dev.omnigraph.controlplane.storage.s3.ServerFault;
import dev.omnigraph.controlplane.storage.s3.TestBucket;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import java.util.stream.Stream;

/**
 * Commands on real graphs in a bucket while requests go wrong, those among them that Lance sends by its own client, which
 * repeats them by itself. Whatever a command makes of that, it says truly; and undisturbed, the next one comes to the end.
 */
final class FaultedGraphRequests {

    private static final int MAX_NEXT_APPLIES = 3;
    private static final int WORKERS = 6;
    private static final String BELOW_GRAPHS = "/" + ControlKeys.GRAPHS.path() + "/";

    private final Path work;
    private final Consumer<String> log;
    private final List<String> violations = Collections.synchronizedList(new ArrayList<>());
    private final Map<String, Integer> endings = new ConcurrentSkipListMap<>();
    private final AtomicInteger runs = new AtomicInteger();

    FaultedGraphRequests(Path work, Consumer<String> log) {
        this.work = work;
        this.log = log;
    }

    /** Which requests go wrong. */
    enum Extent {
        /** One. */
        ONCE,
        /** One, and every later one that asks the same of the same object, so that repeating does not help. */
        LASTING
    }

    /** What goes wrong. */
    record Kind(ServerFault fault, Extent extent) {

        static List<Kind> all() {
            return Stream.concat(once().stream(), lasting().stream()).toList();
        }

        /** What comes once. */
        static List<Kind> once() {
            return Arrays.stream(ServerFault.values())
                    .filter(fault -> fault != ServerFault.NONE)
                    .map(fault -> new Kind(fault, Extent.ONCE))
                    .toList();
        }

        /** What lasts; nothing that is only slow. */
        static List<Kind> lasting() {
            return once().stream()
                    .map(Kind::fault)
                    .filter(fault -> fault != ServerFault.SLOW_ANSWER && fault != ServerFault.SLOW_BODY)
                    .map(fault -> new Kind(fault, Extent.LASTING))
                    .toList();
        }

        @Override
        public String toString() {
            return fault + " " + extent;
        }
    }

    /** Arguments: a folder to work in and, if not each request is to go wrong, of how many one. */
    public static void main(String[] arguments) throws IOException {
        FaultedGraphRequests campaign =
                new FaultedGraphRequests(Path.of(arguments[0]).toRealPath(), System.out::println);
        campaign.runAll(Kind.all(), arguments.length > 1 ? Integer.parseInt(arguments[1]) : 1);
        campaign.endings.forEach((ending, times) -> System.out.println(times + " times " + ending));
        System.out.printf(
                "%d runs, %d violations%n",
                campaign.runs(), campaign.violations().size());
        System.exit(campaign.violations().isEmpty() ? 0 : 1);
    }

    /** Runs every command, several at a time: mostly they wait for Lance to repeat what was not answered. */
    void runAll(List<Kind> kinds, int step) {
        ExecutorService workers = Executors.newFixedThreadPool(WORKERS);
        try {
            List<CompletableFuture<Void>> parts = new ArrayList<>();
            for (GraphScenario scenario : GraphScenario.all()) {
                for (List<Kind> part : step == 1 ? each(kinds) : List.of(kinds)) {
                    parts.add(CompletableFuture.runAsync(() -> run(scenario, part, step), workers)
                            .thenRun(() -> log.accept(scenario + " with " + part + " has ended")));
                }
            }
            parts.forEach(CompletableFuture::join);
        } finally {
            workers.shutdownNow();
        }
    }

    private static List<List<Kind>> each(List<Kind> kinds) {
        return kinds.stream().map(List::of).toList();
    }

    /** What did not hold. */
    List<String> violations() {
        return List.copyOf(violations);
    }

    int runs() {
        return runs.get();
    }

    /** Runs one command over and over, with one of so many pairs of a request and what goes wrong after the other. */
    void run(GraphScenario scenario, List<Kind> kinds, int step) {
        Path folder = newFolder(scenario);
        StorageRoot.Bucket root = TestBucket.freshRoot();
        try (EmbeddedS3 server = new EmbeddedS3();
                S3ObjectStore store = TestBucket.openImpatient(server, root)) {
            Bucket bucket = new Bucket(scenario, folder, server, store);
            bucket.prepare();
            Runnable objects = server.keep();
            int requests = bucket.countRequests();
            for (int pair = step / 2; pair < requests * kinds.size(); pair += step) {
                objects.run();
                bucket.disturbed(pair / kinds.size(), kinds.get(pair % kinds.size()));
                runs.incrementAndGet();
            }
        }
    }

    private Path newFolder(GraphScenario scenario) {
        try {
            return Files.createTempDirectory(work, scenario.name());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The death of a process. */
    private static final class Death extends Error {
        private static final long serialVersionUID = 1L;
    }

    /** One cluster, brought back to where it was again and again. */
    private final class Bucket {

        private final GraphScenario scenario;
        private final Path folder;
        private final EmbeddedS3 server;
        private final S3ObjectStore store;

        Bucket(GraphScenario scenario, Path folder, EmbeddedS3 server, S3ObjectStore store) {
            this.scenario = scenario;
            this.folder = folder;
            this.server = server;
            this.store = store;
        }

        private TestCluster open(FaultPoints faults) {
            return TestCluster.inBucket(folder, store, store, faults);
        }

        void prepare() {
            GraphScenario.declare(folder, scenario.graphs());
            try (TestCluster cluster = open(FaultPoints.NONE)) {
                scenario.preparation().accept(cluster);
            }
            GraphScenario.declare(folder, scenario.graphs());
            scenario.dyingAt().ifPresent(this::die);
        }

        private void die(FaultPoint armed) {
            try (TestCluster dying = open(point -> {
                if (point == armed) {
                    throw new Death();
                }
            })) {
                dying.applyOnRecord("alice");
                throw new IllegalStateException("nothing died at " + armed);
            } catch (Death expected) {
                // What it left is what the command begins with.
            }
        }

        int countRequests() {
            AtomicInteger requests = new AtomicInteger();
            server.disturb((method, key) -> {
                requests.addAndGet(isOfGraphs(key) ? 1 : 0);
                return ServerFault.NONE;
            });
            check("undisturbed", true);
            endings.put(scenario + " has requests", requests.get());
            return requests.get();
        }

        void disturbed(int request, Kind kind) {
            AtomicInteger seen = new AtomicInteger();
            String[] struck = new String[1];
            server.disturb((method, key) -> {
                synchronized (struck) {
                    String asked = method + " " + key;
                    if (isOfGraphs(key) && seen.getAndIncrement() == request) {
                        struck[0] = asked;
                        return kind.fault();
                    }
                    return kind.extent() == Extent.LASTING && asked.equals(struck[0]) ? kind.fault() : ServerFault.NONE;
                }
            });
            String where = kind + " at request " + request;
            check(where, false);
        }

        private void check(String where, boolean mustBeDone) {
            Optional<Ending> ending = ending(where);
            server.disturb((method, key) -> ServerFault.NONE);
            server.landLateRequests();
            if (ending.isEmpty()) {
                return;
            }
            List<Diagnostic> said = ending.get().output().diagnostics();
            boolean done = ending.get().done();
            count("ended " + (done ? "done" : "with " + codes(said)));
            if (!done && (said.isEmpty() || mustBeDone)) {
                violation(where, "not done, and says " + said);
            }
            if (done && !isDone()) {
                violation(where, "says that it is done, and it is not");
            }
            if (isLocked()
                    && said.stream().noneMatch(finding -> finding.code().wire().contains("lock"))) {
                violation(where, "left the lock and says " + said);
            }
            if (!done) {
                next(where);
            }
        }

        private Optional<Ending> ending(String where) {
            try (TestCluster cluster = open(FaultPoints.NONE)) {
                return Optional.of(scenario.command().apply(cluster));
            } catch (RuntimeException e) {
                violation(where, "ended by " + e);
                return Optional.empty();
            }
        }

        /** Nobody does anything but apply, and free a lock that was named. */
        private void next(String where) {
            List<Diagnostic> said = List.of();
            for (int attempt = 0; attempt < MAX_NEXT_APPLIES; attempt++) {
                try (TestCluster cluster = open(FaultPoints.NONE)) {
                    lock().ifPresent(cluster::forceUnlock);
                    Ending ending = GraphScenario.apply(cluster);
                    said = ending.output().diagnostics();
                    if (ending.done()) {
                        count("next apply done");
                        if (!isDone()) {
                            violation(where, "the next apply says that it is done, and it is not");
                        }
                        return;
                    }
                }
            }
            count("next apply waits for a person with " + codes(said));
            if (said.isEmpty()) {
                violation(where, "the next apply is not done and does not say why");
            }
        }

        private boolean isDone() {
            try (TestCluster cluster = open(FaultPoints.NONE)) {
                return scenario.isDone().test(cluster);
            }
        }

        private boolean isLocked() {
            return lock().isPresent();
        }

        private Optional<String> lock() {
            if (store.get(ControlKeys.LOCK) instanceof GetOutcome.Found found) {
                try {
                    return Optional.of(LockDocument.read(found.object().text().orElseThrow())
                            .lockId());
                } catch (InvalidDocumentException e) {
                    throw new IllegalStateException(e);
                }
            }
            return Optional.empty();
        }

        private void violation(String where, String what) {
            String violation = scenario + ", " + where + ": " + what;
            violations.add(violation);
            log.accept(violation);
        }

        private void count(String ending) {
            endings.merge(scenario + " " + ending, 1, Integer::sum);
        }
    }

    /** Below graphs, or a listing, which names no object. */
    private static boolean isOfGraphs(String key) {
        return key.isEmpty() || key.contains(BELOW_GRAPHS);
    }

    private static List<String> codes(List<Diagnostic> diagnostics) {
        return diagnostics.stream()
                .map(finding -> finding.code().wire())
                .distinct()
                .sorted()
                .toList();
    }
}
