package dev.omnigraph.controlplane.lance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.omnigraph.controlplane.graph.TableObservation;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** What rows of a manifest come to, in whatever order they are read (graph-format.md 3.3 and 3.4). */
class ManifestStateTest {

    private static final long SEED = 4;
    private static final int SHUFFLES = 50;
    private static final VersionMetadata METADATA =
            new VersionMetadata("path", OptionalLong.empty(), Optional.empty(), Optional.empty());
    private static final ManifestRow COMMIT = commit("01A", 1, 1);

    private static ManifestRow table(String key) {
        return new ManifestRow.Table(key, "path of " + key);
    }

    private static ManifestRow version(String key, long version, long rows) {
        return new ManifestRow.TableVersion(key, version, Optional.empty(), rows, METADATA);
    }

    private static ManifestRow commit(String id, long manifestVersion, long createdAt) {
        return new ManifestRow.GraphCommit(id, manifestVersion, Optional.empty(), CommitMetadata.genesis(createdAt));
    }

    private static TableObservation observed(String key, long version, long rows) {
        return new TableObservation(key, "path of " + key, version, Optional.empty(), rows);
    }

    private static ManifestState state(List<ManifestRow> rows) throws MalformedManifestException {
        ManifestState.Builder builder = new ManifestState.Builder();
        rows.forEach(builder::add);
        return builder.build(7, List.of("review"));
    }

    /** The one state that the rows come to in every order. */
    private static ManifestState stateInAnyOrder(ManifestRow... rows) throws MalformedManifestException {
        List<ManifestRow> shuffled = new ArrayList<>(List.of(rows));
        ManifestState expected = state(shuffled);
        Random random = new Random(SEED);
        for (int i = 0; i < SHUFFLES; i++) {
            Collections.shuffle(shuffled, random);
            assertThat(state(shuffled)).isEqualTo(expected);
        }
        return expected;
    }

    @Test
    void theHighestVersionOfEachTableIsPinnedAndTablesAreSorted() throws Exception {
        ManifestState state = stateInAnyOrder(
                table("node:B"),
                version("node:B", 2, 20),
                version("node:B", 10, 100),
                version("node:B", 9, 90),
                table("edge:Z"),
                version("edge:Z", 1, 0),
                table("node:A"),
                version("node:A", 1, 5),
                COMMIT);

        assertThat(state)
                .isEqualTo(new ManifestState(
                        7,
                        List.of(observed("edge:Z", 1, 0), observed("node:A", 1, 5), observed("node:B", 10, 100)),
                        Set.of("edge:Z", "node:A", "node:B"),
                        "01A",
                        List.of("review")));
    }

    @Test
    void aTombstoneHidesVersionsUpToItsOwn() throws Exception {
        ManifestState state = stateInAnyOrder(
                table("node:Dropped"),
                version("node:Dropped", 3, 1),
                new ManifestRow.Tombstone("node:Dropped", 3),
                table("node:DroppedLater"),
                version("node:DroppedLater", 3, 1),
                new ManifestRow.Tombstone("node:DroppedLater", 4),
                table("node:Again"),
                version("node:Again", 3, 1),
                new ManifestRow.Tombstone("node:Again", 4),
                new ManifestRow.Tombstone("node:Again", 2),
                version("node:Again", 5, 2),
                COMMIT);

        assertThat(state.tables()).containsExactly(observed("node:Again", 5, 2));
        assertThat(state.registered()).containsExactlyInAnyOrder("node:Dropped", "node:DroppedLater", "node:Again");
        assertThat(state.table("node:Again")).hasValue(observed("node:Again", 5, 2));
        assertThat(state.table("node:Dropped")).isEmpty();
    }

    @Test
    void aTableWithoutVersionsIsNotInTheSnapshot() throws Exception {
        assertThat(stateInAnyOrder(table("node:A"), COMMIT).tables()).isEmpty();
    }

    @Test
    void theNewestCommitHasTheHighestManifestVersionThenTimeThenId() throws Exception {
        assertThat(stateInAnyOrder(commit("01Z", 1, 9), commit("01A", 2, 1)).headCommit())
                .isEqualTo("01A");
        assertThat(stateInAnyOrder(commit("01Z", 2, 1), commit("01A", 2, 9)).headCommit())
                .isEqualTo("01A");
        assertThat(stateInAnyOrder(commit("01B", 2, 9), commit("01A", 2, 9)).headCommit())
                .isEqualTo("01B");
    }

    /** Also of a table that was dropped: rows of tables are never removed. */
    @Test
    void aVersionWithoutItsTableIsMalformed() {
        assertThatThrownBy(
                        () -> state(List.of(version("node:A", 1, 0), new ManifestRow.Tombstone("node:A", 1), COMMIT)))
                .isInstanceOf(MalformedManifestException.class)
                .hasMessage("the table node:A has versions but no table row");
    }

    @Test
    void aManifestWithoutCommitIsMalformed() {
        assertThatThrownBy(() -> state(List.of(table("node:A"), version("node:A", 1, 0))))
                .isInstanceOf(MalformedManifestException.class)
                .hasMessage("there is no commit among the rows");
    }
}
