package dev.omnigraph.controlplane.app.campaign;

import static org.assertj.core.api.Assertions.assertThat;

import dev.omnigraph.controlplane.app.testing.SampleCluster;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What explains that the engine's own tool comes to something else: what a death left, and nothing but that. */
class EngineComparisonTest {

    private static final String LOCKED = "{\"message\": \"schema apply is already in progress\"}";
    private static final String APPROVAL = "01KT0000000000000000000001";
    private static final Settled BEFORE = settled("old", Set.of());
    private static final Settled AFTER = settled("new", Set.of());

    @TempDir
    Path folder;

    @Test
    void whereNothingWasLeftThatExplainsItADifferenceIsAViolation() {
        assertThat(EngineComparison.compare(left(), AFTER, BEFORE, LOCKED).unexplained())
                .isPresent();
        assertThat(EngineComparison.compare(left(), AFTER, AFTER, "").unexplained())
                .isEmpty();
    }

    @Test
    void aLockBranchExplainsItWhereTheToolNamesItAndForItsGraphOnly() {
        new SampleCluster(folder)
                .write("graphs/people.omni/__manifest/_refs/branches/__schema_apply_lock__.json", "{}");

        EngineComparison.Outcome explained = EngineComparison.compare(left(), AFTER, BEFORE, LOCKED);
        assertThat(explained.unexplained()).isEmpty();
        assertThat(explained.deviations()).containsExactly(Deviation.DEAD_SCHEMA_APPLY);
        assertThat(EngineComparison.compare(left(), AFTER, BEFORE, "").unexplained())
                .isPresent();
        Settled another = new Settled(Set.of(), new TreeMap<>(Map.of("schema.scratch", "new")), AFTER.live(), Set.of());
        assertThat(EngineComparison.compare(left(), another, BEFORE, LOCKED).unexplained())
                .isPresent();
    }

    @Test
    void aRecoveryExplainsItWhereTheToolStopsAtATableThatIsThere() {
        String stopped = "storage: Dataset already exists: graphs/people.omni/edges/844eefbe5068b644";
        assertThat(EngineComparison.compare(left(), AFTER, BEFORE, stopped).unexplained())
                .isPresent();
        new SampleCluster(folder).write("graphs/people.omni/_graph_commit_recoveries.lance/_versions/1.manifest", "");

        EngineComparison.Outcome explained = EngineComparison.compare(left(), AFTER, BEFORE, stopped);
        assertThat(explained.unexplained()).isEmpty();
        assertThat(explained.deviations()).containsExactly(Deviation.TABLE_OF_UNDONE_MIGRATION);
        assertThat(EngineComparison.compare(left(), AFTER, BEFORE, "").unexplained())
                .isPresent();
    }

    @Test
    void anApprovalOfDropsExplainsThatTheToolDoesNotUseItAndNothingElse() {
        new SampleCluster(folder)
                .write("__cluster/approvals/" + APPROVAL + ".json", "{\"resource\": \"schema.people\"}");

        assertThat(EngineComparison.compare(left(), settled("new", Set.of(APPROVAL)), AFTER, "")
                        .unexplained())
                .isEmpty();
        assertThat(EngineComparison.compare(left(), settled("new", Set.of(APPROVAL)), BEFORE, "")
                        .unexplained())
                .isPresent();
    }

    @Test
    void anApprovalThatTheToolDoesNotSeeExplainsThatItsGraphStays() {
        new SampleCluster(folder)
                .write(
                        "__control/approvals/" + APPROVAL + ".json",
                        "{\"resource\": \"graph.people\", \"decision\": \"approve\", \"revocation\": null}");

        assertThat(EngineComparison.compare(left(), settled("new", Set.of(APPROVAL)), BEFORE, "")
                        .deviations())
                .containsExactly(Deviation.APPROVAL_KEPT_BACK);
        new SampleCluster(folder)
                .write("__cluster/approvals/" + APPROVAL + ".json", "{\"resource\": \"graph.people\"}");
        assertThat(EngineComparison.compare(left(), settled("new", Set.of(APPROVAL)), BEFORE, "")
                        .unexplained())
                .isPresent();
    }

    @Test
    void aRevocationExplainsItUntilItsArtifactIsMarked() {
        new SampleCluster(folder)
                .write("__control/consumed/" + APPROVAL + ".json", "{\"revoked\": \"x\"}")
                .write(
                        "__cluster/approvals/" + APPROVAL + ".json",
                        "{\"resource\": \"graph.people\", \"consumed_at\": null}");

        assertThat(EngineComparison.compare(left(), BEFORE, settled("new", Set.of(APPROVAL)), "")
                        .deviations())
                .containsExactly(Deviation.REVOCATION_UNMARKED);
        new SampleCluster(folder)
                .write(
                        "__cluster/approvals/" + APPROVAL + ".json",
                        "{\"resource\": \"graph.people\", \"consumed_at\": \"now\"}");
        assertThat(EngineComparison.compare(left(), BEFORE, settled("new", Set.of(APPROVAL)), "")
                        .unexplained())
                .isPresent();
    }

    @Test
    void aLostLedgerExplainsThatTheToolForgetsWhichApprovalsWereUsed() {
        new SampleCluster(folder)
                .write("__cluster/approvals/" + APPROVAL + ".json", "{\"resource\": \"graph.people\"}");
        Settled remembered = settled("new", Set.of(APPROVAL));

        assertThat(EngineComparison.compare(StoredCluster.read(folder), remembered, AFTER, "")
                        .unexplained())
                .isEmpty();
        assertThat(EngineComparison.compare(left(), remembered, AFTER, "").unexplained())
                .isPresent();
    }

    @ParameterizedTest
    @EnumSource(Deviation.class)
    void everyOneIsDocumentedWithItsReason(Deviation deviation) throws IOException {
        assertThat(Files.readString(Path.of("../docs/fault-points.md"))).contains("| " + deviation.title() + " |");
    }

    /** What lies in the folder, and a ledger. */
    private StoredCluster left() {
        new SampleCluster(folder).write("__cluster/state.json", "{}");
        return StoredCluster.read(folder);
    }

    private static Settled settled(String schema, Set<String> approvalsUsed) {
        return new Settled(
                approvalsUsed,
                new TreeMap<>(Map.of("schema.people", schema)),
                new TreeMap<>(Map.of("people", schema)),
                Set.of());
    }
}
