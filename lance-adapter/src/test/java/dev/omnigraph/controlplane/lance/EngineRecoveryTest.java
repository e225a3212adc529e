package dev.omnigraph.controlplane.lance;

import static org.assertj.core.api.Assertions.assertThat;

import dev.omnigraph.controlplane.testing.EngineProgram;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The engine recovers one copy of a graph, this service another: both are the same afterwards, to the last audit row. */
class EngineRecoveryTest {

    private final EngineProgram engine = EngineProgram.require();

    @TempDir
    Path folder;

    @ParameterizedTest
    @EnumSource
    void bothEndAnInterruptedWriteInTheSameWay(InterruptedState state) throws Exception {
        Path root = state.make(Files.createDirectories(folder.resolve("ours")));

        compare(root);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "load-stopped-before-commit",
                "load-stopped-after-commit",
                "apply-v2-stopped-before-staging-write",
                "apply-v2-stopped-after-staging-write",
                "apply-v2-stopped-after-manifest-commit",
                "apply-v3-stopped-before-staging-write",
                "apply-v3-stopped-after-staging-write",
                "apply-v3-stopped-after-manifest-commit"
            })
    void bothEndWhatTheEngineLeft(String recorded) throws Exception {
        Path root = folder.resolve("ours").resolve(InterruptedGraph.NAME);
        GoldenGraphs.copy(recorded, root);

        compare(root);
    }

    private void compare(Path ours) throws Exception {
        Path theirs = folder.resolve("theirs").resolve(InterruptedGraph.NAME);
        TestFolders.copyGraph(ours, theirs);
        EngineProgram.Run run = engine.run(folder, "snapshot", theirs.toString(), "--json");
        assertThat(run.exit()).as("%s%n%s", run.output(), run.errors()).isZero();

        try (TestRecovery recovery = new TestRecovery(folder)) {
            assertThat(recovery.recover("ours/" + InterruptedGraph.NAME))
                    .isInstanceOfSatisfying(
                            RecoveryOutcome.Recovered.class,
                            recovered -> assertThat(recovered.isComplete()).isTrue());
            // The engine cannot remove a lock; nothing else is left to do after it.
            assertThat(recovery.recover("theirs/" + InterruptedGraph.NAME))
                    .isInstanceOfSatisfying(RecoveryOutcome.Recovered.class, recovered -> {
                        assertThat(recovered.writes()).isEqualTo(List.of());
                        assertThat(recovered.schemaFiles()).isEqualTo(RecoveryOutcome.StagedSchema.NONE);
                    });
        }
        RecoveredGraphView.of(new FolderLocation(ours))
                .assertEqualTo(RecoveredGraphView.of(new FolderLocation(theirs)));

        EngineProgram.Run export = engine.run(folder, "export", ours.toString());
        assertThat(export.exit()).as(export.errors()).isZero();
        assertThat(GraphRows.exported(export.output())).isEqualTo(GraphRows.of(new FolderLocation(ours)));
    }
}
