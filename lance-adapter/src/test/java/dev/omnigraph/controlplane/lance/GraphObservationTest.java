package dev.omnigraph.controlplane.lance;

import static org.assertj.core.api.Assertions.assertThat;

import dev.omnigraph.controlplane.digest.Sha256;
import dev.omnigraph.controlplane.graph.BranchHeads;
import dev.omnigraph.controlplane.graph.GraphObservation;
import dev.omnigraph.controlplane.graph.TableObservation;
import dev.omnigraph.controlplane.json.JsonArray;
import dev.omnigraph.controlplane.json.JsonObject;
import dev.omnigraph.controlplane.json.JsonReader;
import dev.omnigraph.controlplane.json.JsonValue;
import dev.omnigraph.controlplane.json.TypedObject;
import dev.omnigraph.controlplane.testing.Recordings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Graphs that the engine wrote are seen as its read-only open sees them (graph-format.md 6.1). */
class GraphObservationTest {

    private static final String LOCK_BRANCH = "__schema_apply_lock__";

    @TempDir
    Path folder;

    /**
     * What the engine reports of a recorded root it reports after its recovery; a read-only open sees the root as it
     * lies there. So for roots that were stopped on the way, the second column names the recording whose tables they
     * still have, or have already.
     */
    @ParameterizedTest
    @CsvSource({
        "fresh,                                  fresh,                                3, v1, ''",
        "loaded,                                 loaded,                               4, v1, ''",
        "migrated-v2,                            migrated-v2,                          5, v2, ''",
        "migrated-v3,                            migrated-v3,                          6, v3, ''",
        "hard-dropped,                           hard-dropped,                         6, v3, ''",
        "branched,                               branched,                             4, v1, review",
        "init-stopped-after-coordinator-init,    init-stopped-after-coordinator-init,  3, v1, ''",
        "load-stopped-before-commit,             fresh,                                3, v1, ''",
        "load-stopped-after-commit,              loaded,                               4, v1, ''",
        "apply-v2-stopped-before-staging-write,  loaded,                               4, v1, " + LOCK_BRANCH,
        "apply-v2-stopped-after-staging-write,   loaded,                               4, v1, " + LOCK_BRANCH,
        "apply-v2-stopped-after-manifest-commit, migrated-v2,                          5, v1, " + LOCK_BRANCH,
        "apply-v3-stopped-before-staging-write,  migrated-v2,                          5, v2, " + LOCK_BRANCH,
        "apply-v3-stopped-after-staging-write,   migrated-v2,                          5, v2, " + LOCK_BRANCH,
        "apply-v3-stopped-after-manifest-commit, migrated-v3,                          6, v2, " + LOCK_BRANCH,
    })
    void recordedRootsOpen(String name, String tablesOf, long manifestVersion, String schema, String branch)
            throws Exception {
        try (TestCluster cluster = new TestCluster(folder)) {
            GoldenGraphs.copy(name, cluster.path("people"));
            Map<String, String> before = everything();

            GraphObservation observation = cluster.observe("people");

            String source = Recordings.text("golden-graphs/" + name + "/" + schema + ".pg");
            assertThat(observation).isInstanceOfSatisfying(GraphObservation.Opened.class, opened -> {
                assertThat(opened.manifestVersion()).isEqualTo(manifestVersion);
                assertThat(opened.schemaSource()).isEqualTo(source);
                assertThat(opened.schemaDigest()).isEqualTo(Sha256.hex(source));
                assertThat(opened.tables()).isEqualTo(engineSnapshot(tablesOf));
                assertThat(opened.branches()).isEqualTo(branch.isEmpty() ? List.of() : List.of(branch));
                assertThat(opened.headCommit()).isEqualTo(newestCommit(cluster.path("people")));
            });
            assertThat(everything()).isEqualTo(before);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"init-stopped-after-schema-pg-written", "init-stopped-after-schema-contract-written"})
    void recordedRootsWithoutManifestDoNotOpen(String name) throws Exception {
        try (TestCluster cluster = new TestCluster(folder)) {
            GoldenGraphs.copy(name, cluster.path("people"));
            Map<String, String> before = everything();

            assertThat(cluster.observe("people"))
                    .isInstanceOfSatisfying(
                            GraphObservation.NotOpenable.class,
                            closed -> assertThat(closed.reason()).startsWith("__manifest is missing"));
            assertThat(everything()).isEqualTo(before);
        }
    }

    @Test
    void theNewestCommitOfMainIsAmongTheHeadsAndTheLockBranchIsNot() throws Exception {
        try (TestCluster cluster = new TestCluster(folder)) {
            GoldenGraphs.copy("apply-v2-stopped-after-manifest-commit", cluster.path("people"));

            assertThat(cluster.engine().heads(cluster.root("people")))
                    .isEqualTo(
                            new BranchHeads.Read(new TreeMap<>(Map.of("main", newestCommit(cluster.path("people"))))));
        }
    }

    @Test
    void theHeadsOfAGraphThatDoesNotOpenOrWasMovedWithBranchesAreNotTold() throws Exception {
        try (TestCluster cluster = new TestCluster(folder)) {
            assertThat(cluster.engine().heads(cluster.root("people"))).isInstanceOf(BranchHeads.NotOpenable.class);

            GoldenGraphs.copy("branched", cluster.path("people"));
            assertThat(cluster.engine().heads(cluster.root("people"))).isInstanceOf(BranchHeads.NotOpenable.class);
        }
    }

    /** The tables as the engine's own snapshot command printed them. */
    private static List<TableObservation> engineSnapshot(String name) {
        try {
            JsonObject about = (JsonObject) JsonReader.read(GoldenGraphs.about(name));
            JsonObject snapshot = (JsonObject) about.get("engine_snapshot").orElseThrow();
            List<TableObservation> tables = new ArrayList<>();
            for (JsonValue table : ((JsonArray) snapshot.get("tables").orElseThrow()).elements()) {
                TypedObject typed = TypedObject.of(
                        table, "", Set.of("table_key", "table_path", "table_version", "table_branch", "row_count"));
                tables.add(new TableObservation(
                        typed.requireString("table_key"),
                        typed.requireString("table_path"),
                        typed.requireUnsigned("table_version"),
                        typed.optionalString("table_branch"),
                        typed.requireUnsigned("row_count")));
            }
            return tables;
        } catch (Exception e) {
            throw new AssertionError(name + " has no readable snapshot", e);
        }
    }

    /** By another way than the one tested: the head row names it, whose content only writers use. */
    private static String newestCommit(Path root) {
        try {
            String head = ManifestRecords.of(new FolderLocation(root)).stream()
                    .filter(row -> row.objectId().equals("graph_head:main"))
                    .findFirst()
                    .flatMap(ManifestRecord::metadata)
                    .orElseThrow();
            JsonObject metadata = (JsonObject) JsonReader.read(head);
            return TypedObject.open(metadata, "", Set.of("head_commit_id")).requireString("head_commit_id");
        } catch (Exception e) {
            throw new AssertionError(root + " has no readable head", e);
        }
    }

    /** Every path of the test's folder with its time, and its content if it is a file. */
    private Map<String, String> everything() throws IOException {
        Map<String, String> found = new TreeMap<>();
        try (Stream<Path> walk = Files.walk(folder)) {
            for (Path path : walk.toList()) {
                String content = Files.isRegularFile(path) ? Sha256.hex(Files.readAllBytes(path)) : "folder";
                found.put(path.toString(), Files.getLastModifiedTime(path) + " " + content);
            }
        }
        return found;
    }
}
