package dev.omnigraph.controlplane.lance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.omnigraph.controlplane.json.JsonShapeException;
import dev.omnigraph.controlplane.testing.Recordings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The engine's sidecars are read as it means them and written as it writes them (graph-format.md 6.4). */
class RecoverySidecarTest {

    private static final String LEAST = """
            {"schema_version": %s, "operation_id": "01KQ3Z6V0V1D3K0C8H7M2N5P9R", "started_at": "1",
             "branch": null, "actor_id": null, "writer_kind": "%s", "tables": [], "later": {"unknown": true}}""";

    @ParameterizedTest
    @ValueSource(
            strings = {
                "apply-v2-stopped-before-staging-write",
                "apply-v2-stopped-after-staging-write",
                "apply-v2-stopped-after-manifest-commit",
                "apply-v3-stopped-before-staging-write",
                "apply-v3-stopped-after-staging-write",
                "apply-v3-stopped-after-manifest-commit",
                "load-stopped-before-commit",
                "load-stopped-after-commit"
            })
    void whatTheEngineLeftIsWrittenBackByteForByte(String graph) throws Exception {
        List<Path> sidecars = sidecars(graph);

        assertThat(sidecars).hasSize(1);
        String text = Files.readString(sidecars.get(0));
        RecoverySidecar sidecar = RecoverySidecar.parse(text);
        assertThat(sidecar.text()).isEqualTo(text);
        assertThat(sidecars.get(0).getFileName()).hasToString(sidecar.operationId() + ".json");
    }

    private static List<Path> sidecars(String graph) throws IOException {
        try (Stream<Path> files = Files.list(Recordings.path("golden-graphs/" + graph + "/graph.omni/__recovery"))) {
            return files.toList();
        }
    }

    @Test
    void everyKeyGoesThereAndBack() throws Exception {
        RecoverySidecar sidecar = new RecoverySidecar(
                2,
                "01KQ3Z6V0V1D3K0C8H7M2N5P9R",
                "1795368035079000",
                Optional.of("review"),
                Optional.of("ada"),
                WriterKind.BRANCH_MERGE,
                List.of(new RecoverySidecar.Pin(
                        "node:Person", "/g/nodes/40d76f1f51639ec0", 4, 5, OptionalLong.of(6), Optional.of("review"))),
                Optional.of("01M829D8SQ2M131VEQTGFZ9ZXR"),
                List.of(new RecoverySidecar.Registration("node:Tag", "nodes/6ce0cb19e201b153", Optional.of("review"))),
                List.of(new RecoverySidecar.Tombstone("edge:WorksAt", 2)));

        assertThat(RecoverySidecar.parse(sidecar.text())).isEqualTo(sidecar);
    }

    @ParameterizedTest
    @ValueSource(strings = {"Mutation", "Load", "SchemaApply", "BranchMerge", "EnsureIndices", "Optimize"})
    void everyKindOfWriteIsReadFromBothFormats(String writer) throws Exception {
        for (int format = 1; format <= 2; format++) {
            RecoverySidecar sidecar = RecoverySidecar.parse(LEAST.formatted(format, writer));
            assertThat(sidecar.writer().wire()).isEqualTo(writer);
            assertThat(sidecar.formatVersion()).isEqualTo(format);
            assertThat(sidecar.pins()).isEmpty();
        }
    }

    @ParameterizedTest
    @CsvSource({
        "3, Load, upgrade this service",
        "18446744073709551615, Load, upgrade this service",
        "2, Compact, no write is called Compact"
    })
    void whatANewerEngineMayMeanIsRefused(String format, String writer, String reason) {
        assertThatThrownBy(() -> RecoverySidecar.parse(LEAST.formatted(format, writer)))
                .isInstanceOf(JsonShapeException.class)
                .hasMessageContaining(reason);
    }
}
