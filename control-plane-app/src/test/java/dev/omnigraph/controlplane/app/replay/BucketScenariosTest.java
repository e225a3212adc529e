package dev.omnigraph.controlplane.app.replay;

import static org.assertj.core.api.Assertions.assertThat;

import dev.omnigraph.controlplane.storage.s3.EmbeddedS3;
import dev.omnigraph.controlplane.testing.Recordings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** As {@link RecordedScenariosTest}, where the engine's own tool kept everything in a bucket, and so does this service. */
class BucketScenariosTest {

    private static final EmbeddedS3 SERVER = new EmbeddedS3();

    @AfterAll
    static void stopServer() {
        SERVER.close();
    }

    private static final List<String> REPLAYED = List.of(
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

    static List<String> replayed() {
        return REPLAYED;
    }

    @Test
    void nothingThatWasRecordedIsLeftOut() throws IOException {
        try (Stream<Path> recorded = Files.list(Recordings.path("golden-s3"))) {
            assertThat(recorded.map(path -> path.getFileName().toString()))
                    .containsExactlyInAnyOrderElementsOf(REPLAYED);
        }
    }

    @ParameterizedTest
    @MethodSource("replayed")
    void agrees(String scenario, @TempDir Path temporary) throws IOException {
        replay(RecordedScenario.readFromBucket(scenario), scenario, temporary);
    }

    static List<String> recordedInFolders() {
        return RecordedScenariosTest.replayed();
    }

    /** What the engine's own tool did in a folder, this service does in a bucket, to the same answers and documents. */
    @ParameterizedTest
    @MethodSource("recordedInFolders")
    void aBucketIsAsAFolder(String scenario, @TempDir Path temporary) throws IOException {
        replay(RecordedScenario.read(scenario), "folders/" + scenario, temporary);
    }

    private static void replay(RecordedScenario recorded, String prefix, Path temporary) throws IOException {
        Path folder = Files.createDirectory(temporary.toRealPath().resolve("cluster"));
        try (ReplayBucket storage = ReplayBucket.in(SERVER, prefix, folder)) {
            assertThat(new ScenarioReplay(recorded, new DeclaredDifferences(), folder, storage).run())
                    .isEmpty();
        }
    }
}
