package dev.omnigraph.controlplane.app.crash;

import static org.assertj.core.api.Assertions.assertThat;

import dev.omnigraph.controlplane.app.replay.TestCluster;
import dev.omnigraph.controlplane.app.testing.CopiedDeaths;
import dev.omnigraph.controlplane.approval.ApprovalState;
import dev.omnigraph.controlplane.approval.Decision;
import dev.omnigraph.controlplane.command.ApplyOutput;
import dev.omnigraph.controlplane.command.ApprovalRequest;
import dev.omnigraph.controlplane.command.ApprovalView;
import dev.omnigraph.controlplane.diagnostic.DiagnosticCode;
import dev.omnigraph.controlplane.digest.ResourceAddress;
import dev.omnigraph.controlplane.fault.FaultPoint;
import dev.omnigraph.controlplane.fault.FaultPoints;
import dev.omnigraph.controlplane.id.UlidSource;
import dev.omnigraph.controlplane.json.JsonObject;
import dev.omnigraph.controlplane.json.JsonReader;
import dev.omnigraph.controlplane.json.JsonString;
import dev.omnigraph.controlplane.json.JsonSyntaxException;
import dev.omnigraph.controlplane.json.JsonValue;
import dev.omnigraph.controlplane.ledger.Ledger;
import dev.omnigraph.controlplane.ledger.LockDocument;
import dev.omnigraph.controlplane.operation.RecordedRun;
import dev.omnigraph.controlplane.storage.folder.FolderObjectStore;
import dev.omnigraph.controlplane.testing.EngineProgram;
import dev.omnigraph.controlplane.testing.FileTrees;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A process that deletes an approved graph dies, or sleeps, at each of its fault points. */
class KilledDeleteTest {

    private static final String SCRATCH = "graph.scratch";
    private static final String POINTS =
            "CLUSTER_APPLY_.*(APPROVAL_RESERVED|APPROVAL_PUBLISHED|GRAPH_DELETE|MOVED_ASIDE|REMOVAL_STARTED"
                    + "|MANIFEST_REMOVED|STATE_WRITE|APPROVALS_MARKED)";

    @TempDir
    static Path temporary;

    private static Path folder;
    /** With an approval that lies only here until the moment of its use. */
    private static CopiedDeaths deaths;

    private static String approval;
    /** With an approval that the engine's own tool sees. */
    private static CopiedDeaths deathsShown;

    private static String approvalShown;

    @BeforeAll
    static void deletesWithTheirDeaths() throws IOException {
        try (TestCluster cluster = TestCluster.ofRecording(temporary, "graph-delete")) {
            folder = cluster.folder();
            cluster.converge();
            cluster.writeAsRecorded("graph-delete", 3);
            FileTrees.copy(folder, temporary.resolve("planned"));
            approval = approveForAnHour(cluster);
            FileTrees.copy(folder, temporary.resolve("approved"));
        }
        deaths = deathsOfADelete("deaths");
        FileTrees.replace(folder, temporary.resolve("planned"));
        try (TestCluster cluster = new TestCluster(folder, FaultPoints.NONE)) {
            approvalShown =
                    cluster.approve(SCRATCH, "carol").decided().orElseThrow().approvalId();
        }
        deathsShown = deathsOfADelete("deaths-shown");
    }

    private static CopiedDeaths deathsOfADelete(String name) {
        CopiedDeaths dying = new CopiedDeaths(
                folder, temporary.resolve(name), point -> point.name().matches(POINTS));
        try (TestCluster cluster = new TestCluster(folder, dying)) {
            assertThat(apply(cluster).converged()).isTrue();
        }
        return dying;
    }

    @ParameterizedTest
    @EnumSource(value = FaultPoint.class, mode = EnumSource.Mode.MATCH_ANY, names = POINTS)
    void theNextApplyEndsTheDeleteAndTheApprovalIsUsedOnce(FaultPoint point) throws IOException {
        deaths.leave(point);
        theNextApplyEndsTheDelete();
    }

    @Test
    void theNextApplyEndsTheDeleteAfterTheDeathOfAProcess() throws IOException {
        FileTrees.replace(folder, temporary.resolve("approved"));
        PausedApply.kill(FaultPoint.CLUSTER_APPLY_AFTER_REMOVAL_STARTED, folder);
        theNextApplyEndsTheDelete();
    }

    private static void theNextApplyEndsTheDelete() throws IOException {
        try (TestCluster cluster = new TestCluster(folder, FaultPoints.NONE)) {
            unlock(cluster);

            ApplyOutput again = apply(cluster);

            assertThat(again.converged()).as("%s", again.diagnostics()).isTrue();
            isDeletedOnce(cluster);
            assertThat(apply(cluster).result().stateWritten()).isFalse();
        }
    }

    /** The engine's own tool comes after us; what it makes of it is what we would have made of it. */
    @ParameterizedTest
    @EnumSource(
            value = FaultPoint.class,
            mode = EnumSource.Mode.MATCH_ANY,
            names = "CLUSTER_APPLY_.*(APPROVAL_RESERVED|GRAPH_DELETE|MOVED_ASIDE|REMOVAL_STARTED|MANIFEST_REMOVED"
                    + "|STATE_WRITE|APPROVALS_MARKED)")
    void theEnginesOwnToolComesToTheSameLedger(FaultPoint point) throws IOException {
        EngineProgram engine = EngineProgram.require();
        deathsShown.leave(point);
        try (TestCluster cluster = new TestCluster(folder, FaultPoints.NONE)) {
            LockDocument lock = cluster.status().observations().holder().orElseThrow();
            String config = folder.toString();
            assertThat(engine.run(temporary, "cluster", "force-unlock", lock.lockId(), "--config", config)
                            .exit())
                    .isZero();

            EngineProgram.Run applied =
                    engine.run(temporary, "cluster", "apply", "--config", config, "--as", "bob", "--json");

            assertThat(applied.exit()).as(applied.output() + applied.errors()).isZero();
            Ledger ledger = cluster.status().ledger();
            assertThat(ledger.resources()).doesNotContainKey(ResourceAddress.parse(SCRATCH));
            assertThat(ledger.approvalRecords()).containsOnlyKeys(approvalShown);
            assertThat(member(ledger.observations().get(SCRATCH), "approval_id"))
                    .contains(new JsonString(approvalShown));
            assertThat(folder.resolve("graphs/scratch.omni")).doesNotExist();
            assertThat(cluster.plan().changes()).isEmpty();
            ApplyOutput ours = apply(cluster);
            assertThat(ours.converged()).isTrue();
            assertThat(ours.diagnostics()).isEmpty();
            assertThat(ours.result().stateWritten()).isFalse();
            assertThat(only(cluster.approvals()).state()).isEqualTo(ApprovalState.CONSUMED);
        }
    }

    /** It sleeps while its lock is forced, the graph deleted by another and created anew. When it wakes, it does nothing. */
    @ParameterizedTest
    @EnumSource(
            value = FaultPoint.class,
            mode = EnumSource.Mode.MATCH_ANY,
            names = "CLUSTER_APPLY_(BEFORE_GRAPH_DELETE|AFTER_GRAPH_MOVED_ASIDE|AFTER_REMOVAL_STARTED)")
    void aSleeperThatWakesTouchesNeitherTheNewGraphNorTheLedger(FaultPoint point) throws IOException {
        FileTrees.replace(folder, temporary.resolve("approved"));
        try (PausedApply sleeper = PausedApply.at(point, folder);
                TestCluster cluster = new TestCluster(folder, FaultPoints.NONE)) {
            unlock(cluster);
            assertThat(apply(cluster).converged()).isTrue();
            cluster.writeAsRecorded("graph-delete", 0);
            assertThat(apply(cluster).converged()).isTrue();
            String ledger = Files.readString(folder.resolve("__cluster/state.json"));

            sleeper.wake();

            assertThat(Files.readString(folder.resolve("__cluster/state.json"))).isEqualTo(ledger);
            assertThat(cluster.rows("scratch", "node:Note")).isZero();
            assertThat(apply(cluster).result().stateWritten()).isFalse();
        }
    }

    @Test
    void aGraphThatWasMovedAsideAndIsWantedAgainComesBack() throws IOException {
        deaths.leave(FaultPoint.CLUSTER_APPLY_AFTER_GRAPH_MOVED_ASIDE);
        try (TestCluster cluster = new TestCluster(folder, FaultPoints.NONE)) {
            assertThat(folder.resolve("graphs/scratch.omni")).doesNotExist();
            unlock(cluster);
            cluster.writeAsRecorded("graph-delete", 0);

            ApplyOutput output = apply(cluster);

            assertThat(output.converged()).as("%s", output.diagnostics()).isTrue();
            assertThat(output.diagnostics())
                    .extracting(finding -> finding.code())
                    .containsExactly(DiagnosticCode.GRAPH_DELETE_INCOMPLETE);
            assertThat(cluster.rows("scratch", "node:Note")).isZero();
            assertThat(cluster.recoveries()).isEmpty();
            assertThat(cluster.status().ledger().approvalRecords()).isEmpty();
            assertThat(only(cluster.approvals()).entry().id()).isEqualTo(approval);
            assertThat(only(cluster.approvals()).state()).isEqualTo(ApprovalState.STALE);
        }
    }

    private static String approveForAnHour(TestCluster cluster) {
        return cluster.approve(new ApprovalRequest(
                        SCRATCH,
                        "carol",
                        Optional.empty(),
                        Optional.empty(),
                        Decision.APPROVE,
                        Optional.empty(),
                        Optional.of(Duration.ofHours(1)),
                        false))
                .decided()
                .orElseThrow()
                .approvalId();
    }

    private static void isDeletedOnce(TestCluster cluster) throws IOException {
        Ledger ledger = cluster.status().ledger();
        assertThat(ledger.resources()).doesNotContainKey(ResourceAddress.parse(SCRATCH));
        assertThat(ledger.approvalRecords()).containsOnlyKeys(approval);
        Optional<JsonValue> operation = member(ledger.approvalRecords().get(approval), "consumed_by_operation");
        JsonValue artifact = json(cluster.folder().resolve("__cluster/approvals/" + approval + ".json"));
        assertThat(member(artifact, "consumed_by_operation")).isEqualTo(operation);
        assertThat(member(ledger.observations().get(SCRATCH), "kind")).contains(new JsonString("tombstone"));
        assertThat(cluster.recoveries()).isEmpty();
        assertThat(cluster.folder().resolve("graphs/scratch.omni")).doesNotExist();
        assertThat(cluster.folder().resolve("graphs/people.omni")).isDirectory();
        assertThat(filesBelow(cluster.folder().resolve("__control/trash"))).isZero();
        assertThat(only(cluster.approvals()).state()).isEqualTo(ApprovalState.CONSUMED);
    }

    private static void unlock(TestCluster cluster) {
        LockDocument lock = cluster.status().observations().holder().orElseThrow();
        assertThat(cluster.forceUnlock(lock.lockId()).lockRemoved()).isTrue();
    }

    private static ApplyOutput apply(TestCluster cluster) {
        return cluster.apply(
                "bob",
                RecordedRun.begin(new FolderObjectStore(cluster.folder()), new UlidSource().nextUlid(), "apply"));
    }

    private static ApprovalView only(List<ApprovalView> approvals) {
        assertThat(approvals).hasSize(1);
        return approvals.get(0);
    }

    private static Optional<JsonValue> member(JsonValue object, String name) {
        return ((JsonObject) object).get(name);
    }

    private static JsonValue json(Path file) throws IOException {
        try {
            return JsonReader.read(Files.readString(file));
        } catch (JsonSyntaxException e) {
            throw new AssertionError(e);
        }
    }

    private static long filesBelow(Path folder) throws IOException {
        if (!Files.isDirectory(folder)) {
            return 0;
        }
        try (Stream<Path> tree = Files.walk(folder)) {
            return tree.filter(Files::isRegularFile).count();
        }
    }
}
