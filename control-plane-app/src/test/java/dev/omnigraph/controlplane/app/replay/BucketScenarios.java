package dev.omnigraph.controlplane.app.replay;

import dev.omnigraph.controlplane.storage.s3.IndependentServers;
import dev.omnigraph.controlplane.storage.s3.S3Server;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** The recorded scenarios in buckets: those that the engine's own tool kept in one, and those that it kept in a folder. */
final class BucketScenarios {

    private static final List<String> RECORDED_IN_A_BUCKET = List.of(
            "approval-stale",
            "catalog-tamper",
            "crash-after-create",
            "crash-after-delete",
            "crash-after-schema",
            "crash-before-delete",
            "crash-payloads",
            "first-run",
            "graph-add",
            "graph-delete",
            "graph-missing",
            "query-edit",
            "schema-add-property",
            "schema-rename",
            "state-lost",
            "two-graphs");

    /** Some wait long for what a server still lists. */
    private static final int AT_A_TIME = 4;

    private BucketScenarios() {}

    static List<String> recordedInABucket() {
        return RECORDED_IN_A_BUCKET;
    }

    /** What the engine's own tool did in a folder, this service does in a bucket, to the same answers and documents. */
    static List<String> recordedInFolders() {
        return RecordedScenariosTest.replayed();
    }

    /** All of them on a server of others. Arguments: a folder to work in and the server, {@code weed} or {@code minio}. */
    public static void main(String[] arguments) throws IOException {
        Path work = Path.of(arguments[0]).toRealPath();
        S3Server server = IndependentServers.require(arguments[1]);
        ExecutorService workers = Executors.newFixedThreadPool(AT_A_TIME);
        List<CompletableFuture<List<String>>> replays = new ArrayList<>();
        for (String scenario : recordedInABucket()) {
            Path temporary = Files.createTempDirectory(work, scenario);
            replays.add(
                    CompletableFuture.supplyAsync(() -> differencesInABucket(server, scenario, temporary), workers));
        }
        for (String scenario : recordedInFolders()) {
            Path temporary = Files.createTempDirectory(work, scenario);
            replays.add(
                    CompletableFuture.supplyAsync(() -> differencesFromAFolder(server, scenario, temporary), workers));
        }
        List<String> differences =
                replays.stream().flatMap(replay -> replay.join().stream()).toList();
        differences.forEach(System.err::println);
        System.out.printf("%d scenarios on %s, %d differences%n", replays.size(), server, differences.size());
        System.exit(differences.isEmpty() ? 0 : 1);
    }

    /** In what this service differs from what was recorded in a bucket. */
    static List<String> differencesInABucket(S3Server server, String scenario, Path temporary) {
        return differences(RecordedScenario.readFromBucket(scenario), server, scenario, temporary);
    }

    /** In what this service in a bucket differs from what was recorded in a folder. */
    static List<String> differencesFromAFolder(S3Server server, String scenario, Path temporary) {
        return differences(RecordedScenario.read(scenario), server, "folders/" + scenario, temporary);
    }

    private static List<String> differences(RecordedScenario recorded, S3Server server, String prefix, Path temporary) {
        try {
            Path folder = Files.createDirectory(temporary.toRealPath().resolve("cluster"));
            try (ReplayBucket storage = ReplayBucket.in(server, prefix, folder)) {
                return new ScenarioReplay(recorded, new DeclaredDifferences(), folder, storage).run();
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
