package dev.omnigraph.controlplane.lance;

import static org.assertj.core.api.Assertions.assertThat;

import dev.omnigraph.controlplane.json.JsonArray;
import dev.omnigraph.controlplane.json.JsonObject;
import dev.omnigraph.controlplane.json.JsonReader;
import dev.omnigraph.controlplane.json.JsonString;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Every graph that the engine wrote, whole or stopped at one of its own fault points: after recovery it has the rows, the
 * schema and the tables that the engine itself then found in it.
 */
class RecordedRecoveryTest {

    @TempDir
    Path folder;

    @ParameterizedTest
    @CsvSource({
        "fresh, NONE, ",
        "loaded, NONE, ",
        "branched, NONE, ",
        "migrated-v2, NONE, ",
        "migrated-v3, NONE, ",
        "hard-dropped, NONE, ",
        "init-stopped-after-coordinator-init, NONE, ",
        "load-stopped-before-commit, NONE, ROLLED_BACK",
        "load-stopped-after-commit, NONE, ALREADY_PUBLISHED",
        "apply-v2-stopped-before-staging-write, NONE, ROLLED_BACK",
        "apply-v2-stopped-after-staging-write, PROMOTED, ROLLED_FORWARD",
        "apply-v2-stopped-after-manifest-commit, PROMOTED, ALREADY_PUBLISHED",
        "apply-v3-stopped-before-staging-write, NONE, ROLLED_BACK",
        "apply-v3-stopped-after-staging-write, PROMOTED, ROLLED_FORWARD",
        "apply-v3-stopped-after-manifest-commit, PROMOTED, ALREADY_PUBLISHED"
    })
    void itHasWhatTheEngineFoundInIt(
            String name, RecoveryOutcome.StagedSchema schemaFiles, RecoveredWrite.Ending ending) throws Exception {
        Path root = folder.resolve("graph.omni");
        GoldenGraphs.copy(name, root);
        JsonObject about = (JsonObject) JsonReader.read(GoldenGraphs.about(name));
        boolean locked = Files.exists(root.resolve("__manifest/_refs/branches/__schema_apply_lock__.json"));

        try (TestRecovery recovery = new TestRecovery(folder)) {
            assertThat(recovery.recover("graph.omni"))
                    .isInstanceOfSatisfying(RecoveryOutcome.Recovered.class, recovered -> {
                        assertThat(recovered.schemaFiles()).isEqualTo(schemaFiles);
                        assertThat(recovered.writes())
                                .extracting(RecoveredWrite::ending)
                                .isEqualTo(ending == null ? List.of() : List.of(ending));
                        assertThat(recovered.lockCleared()).isEqualTo(locked);
                        assertThat(recovered.isComplete()).isTrue();
                    });
            assertThat(recovery.unlocked()).hasSize(locked ? 1 : 0);

            assertThat(GraphRows.of(new FolderLocation(root)))
                    .isEqualTo(GraphRows.exported((JsonArray) member(about, "engine_export")));
            // The engine's program ends what it prints with one line more.
            assertThat(Files.readString(root.resolve("_schema.pg")) + "\n")
                    .isEqualTo(((JsonString) member(about, "engine_schema")).value());
            assertThat(RecoveredTables.of(new FolderLocation(root)))
                    .isEqualTo(RecoveredTables.of((JsonObject) member(about, "engine_snapshot")));

            assertThat(recovery.recover("graph.omni"))
                    .isEqualTo(new RecoveryOutcome.Recovered(RecoveryOutcome.StagedSchema.NONE, List.of(), false));
        }
    }

    private static Object member(JsonObject object, String name) {
        return object.get(name).orElseThrow();
    }
}
