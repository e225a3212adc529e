package dev.omnigraph.controlplane.app.replay;

import static org.assertj.core.api.Assertions.assertThat;

import dev.omnigraph.controlplane.testing.Recordings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Same inputs, same answers, same stored documents as the engine's own tool, but for the declared rows. */
class RecordedScenariosTest {

    private static final List<String> REPLAYED = List.of(
            "first-run",
            "stop-rule",
            "matrix-pending-dependants",
            "matrix-third-digest",
            "matrix-undeclared",
            "two-graphs",
            "query-edit",
            "query-add-remove",
            "policy-binding",
            "policy-delete",
            "graph-add",
            "graph-missing",
            "catalog-tamper",
            "catalog-corrupt",
            "providers",
            "lock-held",
            "state-lost",
            "state-corrupt",
            "bad-yaml",
            "config-invalid",
            "bad-sources",
            "crash-before-create",
            "crash-after-create",
            "crash-payloads",
            "crash-state-write",
            "partial-root",
            "graph-delete",
            "approval-stale",
            "approve-errors",
            "approval-malformed",
            "crash-before-delete",
            "crash-after-delete",
            "matrix-delete",
            "matrix-recorded",
            "matrix-schema-gone",
            "sidecar-foreign",
            "sidecar-malformed",
            "observations",
            "schema-add-property",
            "schema-add-types",
            "schema-rename",
            "schema-soft-drop",
            "schema-comment",
            "schema-branch",
            "schema-drift",
            "schema-unsupported",
            "crash-before-schema",
            "crash-after-schema");

    static List<String> replayed() {
        return REPLAYED;
    }

    @Test
    void nothingThatWasRecordedIsLeftOut() throws IOException {
        try (Stream<Path> recorded = Files.list(Recordings.path("golden"))) {
            assertThat(recorded.map(folder -> folder.getFileName().toString()))
                    .containsExactlyInAnyOrderElementsOf(REPLAYED);
        }
    }

    @ParameterizedTest
    @MethodSource("replayed")
    void agrees(String scenario, @TempDir Path temporary) throws IOException {
        Path folder = Files.createDirectory(temporary.toRealPath().resolve("cluster"));
        assertThat(new ScenarioReplay(RecordedScenario.read(scenario), new DeclaredDifferences(), folder).run())
                .isEmpty();
    }
}
