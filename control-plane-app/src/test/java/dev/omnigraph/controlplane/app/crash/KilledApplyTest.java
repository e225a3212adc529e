package dev.omnigraph.controlplane.app.crash;

import static org.assertj.core.api.Assertions.assertThat;

import dev.omnigraph.controlplane.app.replay.TestCluster;
import dev.omnigraph.controlplane.app.testing.CopiedDeaths;
import dev.omnigraph.controlplane.command.ApplyOutput;
import dev.omnigraph.controlplane.command.StatusOutput;
import dev.omnigraph.controlplane.diagnostic.Diagnostic;
import dev.omnigraph.controlplane.diagnostic.DiagnosticCode;
import dev.omnigraph.controlplane.fault.FaultPoint;
import dev.omnigraph.controlplane.fault.FaultPoints;
import dev.omnigraph.controlplane.json.JsonReader;
import dev.omnigraph.controlplane.json.JsonSyntaxException;
import dev.omnigraph.controlplane.ledger.LockDocument;
import dev.omnigraph.controlplane.testing.FileTrees;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A process that creates a graph dies at each fault point on its way; afterwards nothing is lost, half written or glossed over. */
class KilledApplyTest {

    /** The claim is won and the graph is not complete: a person has to look, nothing is removed. */
    private static final Set<FaultPoint> LEAVES_PARTIAL_ROOT = EnumSet.of(
            FaultPoint.INIT_AFTER_SCHEMA_PG_WRITTEN,
            FaultPoint.INIT_AFTER_SCHEMA_CONTRACT_WRITTEN,
            FaultPoint.INIT_AFTER_TABLE_WRITTEN,
            FaultPoint.INIT_AFTER_TABLES_WRITTEN,
            FaultPoint.INIT_AFTER_MANIFEST_ROWS_WRITTEN,
            FaultPoint.INIT_AFTER_MANIFEST_CONFIG_WRITTEN);

    private static final String POINTS = "CLUSTER_APPLY_.*(GRAPH_CREATE|GRAPH_INIT|PAYLOAD_PHASE|STATE_WRITE)|INIT_.*";

    @TempDir
    static Path temporary;

    private static Path folder;
    private static CopiedDeaths deaths;
    private static String ledgerBefore;

    @BeforeAll
    static void aCreateWithItsDeaths() throws IOException {
        try (TestCluster cluster = TestCluster.ofRecording(temporary, "first-run")) {
            folder = cluster.folder();
            assertThat(cluster.importLedger().ok()).isTrue();
        }
        ledgerBefore = Files.readString(folder.resolve("__cluster/state.json"));
        FileTrees.copy(folder, temporary.resolve("imported"));
        deaths = new CopiedDeaths(
                folder, temporary.resolve("deaths"), point -> point.name().matches(POINTS));
        try (TestCluster cluster = new TestCluster(folder, deaths)) {
            assertThat(cluster.apply(Optional.of("alice")).converged()).isTrue();
        }
    }

    @ParameterizedTest
    @EnumSource(value = FaultPoint.class, mode = EnumSource.Mode.MATCH_ANY, names = POINTS)
    void theTruthIsToldAndTheLedgerMovesToIt(FaultPoint point) throws IOException, JsonSyntaxException {
        deaths.leave(point);
        theTruthIsTold(point);
    }

    @Test
    void theTruthIsToldAfterTheDeathOfAProcess() throws IOException, JsonSyntaxException {
        FileTrees.replace(folder, temporary.resolve("imported"));
        PausedApply.kill(FaultPoint.INIT_AFTER_TABLES_WRITTEN, folder);
        theTruthIsTold(FaultPoint.INIT_AFTER_TABLES_WRITTEN);
    }

    private static void theTruthIsTold(FaultPoint point) throws IOException, JsonSyntaxException {
        try (TestCluster cluster = new TestCluster(folder, FaultPoints.NONE)) {
            StatusOutput status = cluster.status();
            assertThat(status.ok()).isTrue();
            LockDocument lock = status.observations().holder().orElseThrow();
            assertThat(codes(status.diagnostics())).contains(DiagnosticCode.CLUSTER_RECOVERY_PENDING);
            documentsAreWhole(cluster.folder());
            if (point != FaultPoint.CLUSTER_APPLY_AFTER_STATE_WRITE) {
                assertThat(Files.readString(cluster.folder().resolve("__cluster/state.json")))
                        .isEqualTo(ledgerBefore);
            }

            assertThat(codes(cluster.apply().diagnostics())).contains(DiagnosticCode.STATE_LOCK_HELD);
            assertThat(cluster.forceUnlock(lock.lockId()).lockRemoved()).isTrue();
            ApplyOutput again = cluster.apply();
            if (LEAVES_PARTIAL_ROOT.contains(point)) {
                assertThat(codes(again.diagnostics())).contains(DiagnosticCode.GRAPH_CREATE_INCOMPLETE);
                assertThat(again.converged()).isFalse();
                assertThat(cluster.folder().resolve("graphs/people.omni")).isDirectory();
            } else {
                assertThat(again.converged()).as("%s", again.diagnostics()).isTrue();
                assertThat(cluster.rows("people", "node:Person")).isZero();
                assertThat(cluster.status().diagnostics()).isEmpty();
            }
        }
    }

    private static void documentsAreWhole(Path folder) throws IOException, JsonSyntaxException {
        try (Stream<Path> files = Files.walk(folder.resolve("__cluster"))) {
            for (Path file :
                    files.filter(path -> path.toString().endsWith(".json")).toList()) {
                assertThat(JsonReader.read(Files.readString(file))).isNotNull();
            }
        }
    }

    private static List<DiagnosticCode> codes(List<Diagnostic> diagnostics) {
        return diagnostics.stream().map(Diagnostic::code).toList();
    }
}
