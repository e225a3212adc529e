package dev.omnigraph.controlplane.app.interop;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.omnigraph.controlplane.app.replay.RecordedCrash;
import dev.omnigraph.controlplane.app.replay.TestCluster;
import dev.omnigraph.controlplane.command.ApplyOutput;
import dev.omnigraph.controlplane.diagnostic.DiagnosticCode;
import dev.omnigraph.controlplane.fault.FaultPoint;
import dev.omnigraph.controlplane.fault.FaultPoints;
import dev.omnigraph.controlplane.id.UlidSource;
import dev.omnigraph.controlplane.operation.RecordedRun;
import dev.omnigraph.controlplane.storage.folder.FolderObjectStore;
import dev.omnigraph.controlplane.testing.EngineProgram;
import dev.omnigraph.controlplane.testing.FileTrees;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Where this service or the engine's own tool is cut off while it creates, migrates or deletes a graph, both come to the
 * same ledger, and leave the same recovery records. Both go on from the same files. Deletes of this service are in
 * {@code KilledDeleteTest}.
 *
 * <p>One exception is the tool's own: it gets past no lock branch that a dead schema apply left in a graph, whosever it
 * was. Where it does not touch the graph then, this service goes on after it.
 */
class SweepsAgreeTest {

    private final EngineProgram engine = EngineProgram.require();

    @ParameterizedTest
    @EnumSource(
            value = FaultPoint.class,
            mode = EnumSource.Mode.MATCH_ANY,
            names = {"CLUSTER_APPLY_.*(GRAPH_CREATE|GRAPH_INIT|PAYLOAD_PHASE|STATE_WRITE)", "INIT_.*"})
    void ofACreate(FaultPoint point, @TempDir Path temporary) throws IOException {
        try (TestCluster cluster = TestCluster.ofRecording(temporary, "first-run")) {
            assertThat(cluster.importLedger().ok()).isTrue();
        }
        bothComeToTheSame(point, temporary);
    }

    @ParameterizedTest
    @EnumSource(
            value = FaultPoint.class,
            mode = EnumSource.Mode.MATCH_ANY,
            names = {
                "CLUSTER_APPLY_.*(SCHEMA_APPLY|PAYLOAD_PHASE|STATE_WRITE)",
                "SCHEMA_APPLY_AFTER_(PROMOTION|SIDECAR_DELETE)"
            })
    void ofASchemaApply(FaultPoint point, @TempDir Path temporary) throws IOException {
        planAMigration(temporary);
        bothComeToTheSame(point, temporary);
    }

    @ParameterizedTest
    @EnumSource(
            value = FaultPoint.class,
            mode = EnumSource.Mode.MATCH_ANY,
            names =
                    "SCHEMA_APPLY_(AFTER_LOCK|AFTER_SIDECAR_WRITE|BEFORE_TABLE_COMMIT|AFTER_TABLE_WRITE|BEFORE_STAGING_WRITE"
                            + "|AFTER_STAGING_WRITE|AFTER_MANIFEST_COMMIT|AFTER_PROMOTED_FILE)")
    void ofASchemaApplyThatKeepsWritersOutItMakesNothingAndWeGoOn(FaultPoint point, @TempDir Path temporary)
            throws IOException {
        planAMigration(temporary);
        Path folder = temporary.toRealPath().resolve("cluster");
        cutOff(point, folder);

        EngineProgram.Run applied = apply(temporary, folder);

        assertThat(applied.output()).contains("\"converged\": false");
        try (TestCluster cluster = new TestCluster(folder, FaultPoints.NONE)) {
            ApplyOutput ours = cluster.apply("alice", run(folder));
            assertThat(ours.converged()).as("%s", ours.diagnostics()).isTrue();
            assertThat(cluster.recoveries()).isEmpty();
            assertThat(cluster.refresh().diagnostics()).isEmpty();
            assertThat(cluster.plan().changes()).isEmpty();
        }
    }

    /** The tool puts the staged half of a schema in force; what we leave there we must end ourselves, before it does. */
    @Test
    void ofAHalfStagedSchemaItLeavesAGraphThatAPersonHasToRepair(@TempDir Path temporary) throws IOException {
        planAMigration(temporary);
        Path folder = temporary.toRealPath().resolve("cluster");
        cutOff(FaultPoint.SCHEMA_APPLY_AFTER_STAGED_FILE, folder);

        assertThat(apply(temporary, folder).output()).contains("manual coordination is required");

        try (TestCluster cluster = new TestCluster(folder, FaultPoints.NONE)) {
            ApplyOutput ours = cluster.apply("alice", run(folder));
            assertThat(ours.ok()).isFalse();
            assertThat(ours.diagnostics().get(0).code()).isEqualTo(DiagnosticCode.SCHEMA_APPLY_FAILED);
            assertThat(ours.diagnostics().get(0).message()).contains("Restore the files that belong together");
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "crash-before-create",
                "crash-after-create",
                "crash-payloads",
                "crash-state-write",
                "crash-before-schema",
                "crash-after-schema",
                "crash-before-delete",
                "crash-after-delete"
            })
    void ofWhatTheToolLeaves(String scenario, @TempDir Path temporary) throws IOException {
        Path folder = Files.createDirectory(temporary.toRealPath().resolve("cluster"));
        new RecordedCrash(scenario, engine).leaveIn(folder);

        bothComeToTheSame(temporary);
    }

    private static void planAMigration(Path temporary) throws IOException {
        try (TestCluster cluster = TestCluster.ofRecording(temporary, "schema-add-property")) {
            cluster.converge();
            TestCluster.writeStep(cluster.folder(), "schema-add-property", 3);
        }
    }

    private void bothComeToTheSame(FaultPoint point, Path temporary) throws IOException {
        cutOff(point, temporary.toRealPath().resolve("cluster"));
        bothComeToTheSame(temporary);
    }

    private void bothComeToTheSame(Path temporary) throws IOException {
        Path folder = temporary.toRealPath().resolve("cluster");
        Path left = temporary.resolve("left");
        FileTrees.copy(folder, left);

        try (TestCluster cluster = new TestCluster(folder, FaultPoints.NONE)) {
            cluster.apply("alice", run(folder));
        }
        List<String> ours = remains(folder);

        Files.move(folder, temporary.resolve("ours"));
        FileTrees.copy(left, folder);
        EngineProgram.Run applied = apply(temporary, folder);

        assertThat(remains(folder)).as(applied.output() + applied.errors()).isEqualTo(ours);
    }

    private EngineProgram.Run apply(Path temporary, Path folder) {
        return engine.run(temporary, "cluster", "apply", "--config", folder.toString(), "--as", "alice", "--json");
    }

    private static void cutOff(FaultPoint point, Path folder) {
        RecordedRun run = run(folder);
        try (TestCluster cluster = new TestCluster(folder, reached -> {
            if (reached == point) {
                throw new PowerCut();
            }
        })) {
            assertThatThrownBy(() -> cluster.apply("alice", run)).isInstanceOf(PowerCut.class);
        }
        run.interrupted();
    }

    private static RecordedRun run(Path folder) {
        return RecordedRun.begin(new FolderObjectStore(folder), new UlidSource().nextUlid(), "apply");
    }

    /**
     * The ledger, but for times, wording and the operation that used an approval (I6), and the names of the recovery
     * records.
     */
    private static List<String> remains(Path folder) throws IOException {
        String ledger = Files.readString(folder.resolve("__cluster/state.json"))
                .replaceAll("\"([a-z_]+_at|message|error|consumed_by_operation)\": \"[^\n]*\"", "\"$1\": \"...\"");
        try (Stream<Path> recoveries = Files.list(Files.createDirectories(folder.resolve("__cluster/recoveries")))) {
            return Stream.concat(
                            Stream.of(ledger),
                            recoveries
                                    .map(file -> file.getFileName().toString())
                                    .sorted())
                    .toList();
        }
    }

    /** Nothing of this process handles it. */
    private static final class PowerCut extends Error {
        private static final long serialVersionUID = 1;
    }
}
