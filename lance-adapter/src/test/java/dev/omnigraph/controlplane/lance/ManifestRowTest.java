package dev.omnigraph.controlplane.lance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Optional;
import java.util.OptionalLong;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Rows of a manifest and their stored form (graph-format.md 3.1 to 3.3). */
class ManifestRowTest {

    private static final VersionMetadata METADATA =
            new VersionMetadata("a/b.manifest", OptionalLong.of(358), Optional.of("1-2-166"), Optional.of("V2"));

    static Stream<ManifestRow> rows() {
        return Stream.of(
                new ManifestRow.Table("node:Person", "nodes/40d76f1f51639ec0"),
                new ManifestRow.TableVersion("node:Person", 12, Optional.of("review"), 3, METADATA),
                new ManifestRow.Tombstone("node:Person", 8),
                new ManifestRow.GraphCommit(
                        "01M8",
                        4,
                        Optional.empty(),
                        new CommitMetadata(
                                Optional.of("01M7"),
                                Optional.of("01M6"),
                                Optional.of("alice"),
                                1_795_368_035_079_000L)),
                new ManifestRow.GraphHead("graph_head:main", "01M8", Optional.of("01M7")));
    }

    @ParameterizedTest
    @MethodSource("rows")
    void aRowReadsBackAsItself(ManifestRow row) throws Exception {
        assertThat(ManifestRow.of(row.toRecord())).contains(row);
    }

    @ParameterizedTest
    @MethodSource("rows")
    void versionsInIdentifiersHaveTwentyDigits(ManifestRow row) {
        String id = row.toRecord().objectId();
        if (row instanceof ManifestRow.TableVersion) {
            assertThat(id).isEqualTo("node:Person$00000000000000000012");
        } else if (row instanceof ManifestRow.Tombstone) {
            assertThat(id).isEqualTo("node:Person$tombstone$00000000000000000008");
        } else {
            assertThat(id).doesNotContain("$");
        }
    }

    @Test
    void metadataHasTheKeysOfTheFormatInItsOrder() {
        assertThat(METADATA.toJson())
                .isEqualTo("{\"manifest_path\":\"a/b.manifest\",\"manifest_size\":358,\"e_tag\":\"1-2-166\","
                        + "\"naming_scheme\":\"V2\"}");
        assertThat(new VersionMetadata("a", OptionalLong.empty(), Optional.empty(), Optional.empty()).toJson())
                .isEqualTo("{\"manifest_path\":\"a\",\"manifest_size\":null,\"e_tag\":null,\"naming_scheme\":null}");
        assertThat(new CommitMetadata(Optional.of("1"), Optional.of("2"), Optional.of("3"), 4).toJson())
                .isEqualTo("{\"parent_commit_id\":\"1\",\"merged_parent_commit_id\":\"2\",\"actor_id\":\"3\","
                        + "\"created_at\":4}");
        assertThat(CommitMetadata.genesis(4).toJson()).isEqualTo("{\"created_at\":4}");
    }

    @Test
    void aKindThatIsNotKnownIsPassedOver() throws Exception {
        assertThat(ManifestRow.of(stored("later_kind", null, null, null, null))).isEmpty();
    }

    /** The columns that a row of each kind needs, and what it says of one that is null or does not parse. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            nullValues = "-",
            value = {
                "table           | - | -                              | - | - | location is null",
                "table_version   | - | {\"manifest_path\":\"a\"}      | - | 0 | table_version is null",
                "table_version   | - | {\"manifest_path\":\"a\"}      | 1 | - | row_count is null",
                "table_version   | - | -                              | 1 | 0 | metadata is null",
                "table_version   | - | {                              | 1 | 0 | metadata is not as the format says",
                "table_version   | - | {}                             | 1 | 0 | manifest_path: is required",
                "table_version   | - | {\"manifest_path\":\"a\",\"manifest_size\":-1} | 1 | 0 | manifest_size: expected",
                "table_version   | - | {\"manifest_path\":\"a\",\"e_tag\":1}          | 1 | 0 | e_tag: expected a string",
                "table_tombstone | - | -                              | - | - | table_version is null",
                "graph_commit    | - | {\"created_at\":1}             | - | - | table_version is null",
                "graph_commit    | - | -                              | 1 | - | metadata is null",
                "graph_commit    | - | {}                             | 1 | - | created_at: is required",
                "graph_commit    | - | []                             | 1 | - | expected an object",
                "graph_head      | - | -                              | - | - | metadata is null",
                "graph_head      | - | {\"parent_commit_id\":\"1\"}   | - | - | head_commit_id: is required",
            })
    void aValueThatItsKindNeedsIsMissing(
            String kind, String location, String metadata, Long tableVersion, Long rowCount, String problem) {
        assertThatThrownBy(() -> ManifestRow.of(stored(kind, location, metadata, tableVersion, rowCount)))
                .isInstanceOf(MalformedManifestException.class)
                .hasMessageStartingWith("the " + kind + " row an-id is malformed: ")
                .hasMessageContaining(problem);
    }

    /** Nobody reads their values; a later version may add keys. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{\"manifest_path\":\"a\"}",
                "{\"later\":[],\"naming_scheme\":null,\"manifest_path\":\"a\",\"e_tag\":null,\"manifest_size\":null}",
            })
    void onlyThePathOfVersionMetadataIsRequired(String metadata) throws Exception {
        assertThat(ManifestRow.of(stored("table_version", null, metadata, 1L, 0L)))
                .contains(new ManifestRow.TableVersion(
                        "a-key",
                        1,
                        Optional.empty(),
                        0,
                        new VersionMetadata("a", OptionalLong.empty(), Optional.empty(), Optional.empty())));
    }

    private static ManifestRecord stored(
            String kind, String location, String metadata, Long tableVersion, Long rowCount) {
        return new ManifestRecord(
                "an-id",
                kind,
                Optional.ofNullable(location),
                Optional.ofNullable(metadata),
                "a-key",
                tableVersion == null ? OptionalLong.empty() : OptionalLong.of(tableVersion),
                Optional.empty(),
                rowCount == null ? OptionalLong.empty() : OptionalLong.of(rowCount));
    }
}
