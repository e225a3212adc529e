package dev.omnigraph.controlplane.app.replay;

import static org.assertj.core.api.Assertions.assertThat;

import dev.omnigraph.controlplane.storage.s3.EmbeddedS3;
import dev.omnigraph.controlplane.storage.s3.IndependentServers;
import dev.omnigraph.controlplane.storage.s3.S3Server;
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
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** As {@link RecordedScenariosTest}, where the engine's own tool kept everything in a bucket, and so does this service. */
class BucketScenariosTest {

    private static final EmbeddedS3 SERVER = new EmbeddedS3();

    /** On servers of others a slice of what {@code ./campaign scenarios} does. */
    private static final List<String> TRIED_ELSEWHERE =
            List.of("crash-after-create", "crash-after-delete", "graph-missing", "schema-rename");

    @AfterAll
    static void stopServer() {
        SERVER.close();
    }

    static List<String> recordedInABucket() {
        return BucketScenarios.recordedInABucket();
    }

    static List<String> recordedInFolders() {
        return BucketScenarios.recordedInFolders();
    }

    static Stream<Arguments> triedElsewhere() {
        return IndependentServers.all().stream()
                .flatMap(server -> TRIED_ELSEWHERE.stream().map(scenario -> Arguments.of(server, scenario)));
    }

    @Test
    void nothingThatWasRecordedIsLeftOut() throws IOException {
        try (Stream<Path> recorded = Files.list(Recordings.path("golden-s3"))) {
            assertThat(recorded.map(path -> path.getFileName().toString()))
                    .containsExactlyInAnyOrderElementsOf(recordedInABucket());
        }
    }

    @ParameterizedTest
    @MethodSource("recordedInABucket")
    void agrees(String scenario, @TempDir Path temporary) {
        assertThat(BucketScenarios.differencesInABucket(SERVER, scenario, temporary))
                .isEmpty();
    }

    @ParameterizedTest
    @MethodSource("recordedInFolders")
    void aBucketIsAsAFolder(String scenario, @TempDir Path temporary) {
        assertThat(BucketScenarios.differencesFromAFolder(SERVER, scenario, temporary))
                .isEmpty();
    }

    @ParameterizedTest
    @MethodSource("triedElsewhere")
    void agreesOnAServerOfOthers(S3Server server, String scenario, @TempDir Path temporary) {
        assertThat(BucketScenarios.differencesInABucket(server, scenario, temporary))
                .isEmpty();
    }
}
