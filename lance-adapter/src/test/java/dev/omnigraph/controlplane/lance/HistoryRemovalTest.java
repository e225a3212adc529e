package dev.omnigraph.controlplane.lance;

import static org.assertj.core.api.Assertions.assertThat;

import dev.omnigraph.controlplane.graph.HistoryRemoval;
import dev.omnigraph.controlplane.graph.TableHistory;
import dev.omnigraph.controlplane.language.schema.TableDefinition;
import dev.omnigraph.controlplane.language.schema.TypeKind;
import dev.omnigraph.controlplane.language.schema.migration.DropMode;
import dev.omnigraph.controlplane.storage.StorageRoot;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.apache.arrow.memory.RootAllocator;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.lance.Dataset;
import org.lance.Version;

/** A hard drop takes the versions away that still have what was dropped (graph-format.md 7.3). */
class HistoryRemovalTest {

    private static final String BEFORE =
            "node A { name: String @key  secret: [String]? } node B { name: String @key } node C { name: String @key }";
    private static final String AFTER = "node A { name: String @key } node C { name: String @key }";
    private static final Path TABLE_A = Path.of(TableDefinition.path(TypeKind.NODE, "A"));
    private static final Path TABLE_B = Path.of(TableDefinition.path(TypeKind.NODE, "B"));
    private static final int ROWS = 7;

    @TempDir
    Path folder;

    private TestCluster cluster;

    TestStorage storage() {
        return new TestFolder(folder);
    }

    private TestRows rows() {
        return new TestRows(cluster.location("g"), folder);
    }

    @BeforeEach
    void createGraphWithRows() throws Exception {
        cluster = new TestCluster(storage());
        cluster.create("g", BEFORE);
        TestRows rows = rows();
        rows.load("node:A", ROWS);
        rows.load("node:B", ROWS);
        rows.load("node:B", ROWS);
    }

    @AfterEach
    void closeEngine() {
        cluster.close();
    }

    @Test
    void softDropsKeepEveryVersion() throws Exception {
        cluster.migrate("g", AFTER, DropMode.SOFT);

        assertThat(versions(TABLE_A)).containsExactly(1L, 2L, 3L);
        assertThat(versions(TABLE_B)).containsExactly(1L, 2L, 3L);
    }

    @Test
    void hardDropsKeepWhatIsPublishedAndTheLastVersionOfADroppedType() throws Exception {
        cluster.migrate("g", AFTER, DropMode.HARD);

        assertThat(versions(TABLE_A)).containsExactly(3L);
        assertThat(versions(TABLE_B)).containsExactly(3L);
        assertThat(TableContents.of(cluster.location("g")).get("node:A")).hasSize(ROWS);
        assertThat(dataFiles(TABLE_A)).isEqualTo(1);
    }

    @Test
    void removingCanBeRepeatedAndLaterVersionsStay() throws Exception {
        cluster.migrate("g", AFTER, DropMode.SOFT);
        rows().load("node:A", ROWS);
        String commit = cluster.headCommit("g");

        HistoryRemoval first = remove(commit, "node:A", 3);

        assertThat(first).isInstanceOf(HistoryRemoval.Done.class);
        assertThat(((HistoryRemoval.Done) first).bytes()).isPositive();
        assertThat(remove(commit, "node:A", 3)).isEqualTo(new HistoryRemoval.Done(0));
        assertThat(versions(TABLE_A)).containsExactly(3L, 4L);
        assertThat(TableContents.of(cluster.location("g")).get("node:A")).hasSize(2 * ROWS);
    }

    @Test
    void tablesThatAreGoneAreNoProblem() {
        String commit = cluster.headCommit("g");

        assertThat(remove(commit, "node:Gone", 3)).isEqualTo(new HistoryRemoval.Done(0));
        assertThat(remove(commit, "neither", 1).toString()).contains("neither below 1");
    }

    @Test
    void aTableThatIsNoDatasetIsTold() throws IOException {
        Files.createDirectories(cluster.path("g").resolve(TableDefinition.path(TypeKind.EDGE, "Empty")));

        assertThat(remove(cluster.headCommit("g"), "edge:Empty", 3).toString())
                .contains("edge:Empty below 3 could not all be removed");
    }

    @Test
    void anotherGraphAtTheSameRootIsLeftAlone() throws Exception {
        String commit = cluster.headCommit("g");
        storage().store().removeTree(StorageRoot.graphKey("g"), progress -> {});
        assertThat(remove(commit, "node:A", 3)).isInstanceOf(HistoryRemoval.OtherGraph.class);
        cluster.create("g", BEFORE);
        rows().load("node:A", ROWS);

        assertThat(remove(commit, "node:A", 2)).isInstanceOf(HistoryRemoval.OtherGraph.class);

        assertThat(versions(TABLE_A)).containsExactly(1L, 2L);
        assertThat(remove(cluster.headCommit("g"), "node:A", 2)).isInstanceOf(HistoryRemoval.Done.class);
    }

    private HistoryRemoval remove(String commit, String table, long firstKept) {
        return cluster.engine().removeHistory(cluster.root("g"), commit, new TableHistory(table, firstKept));
    }

    private List<Long> versions(Path table) throws Exception {
        try (RootAllocator allocator = LanceRuntime.start();
                Dataset dataset =
                        new LanceDatasets(allocator).open(cluster.location("g").resolve(table.toString()))) {
            return dataset.listVersions().stream().map(Version::getId).toList();
        }
    }

    private long dataFiles(Path table) {
        String prefix = table.resolve("data").toString();
        return cluster.files("g").stream()
                .filter(file -> file.startsWith(prefix))
                .count();
    }
}
