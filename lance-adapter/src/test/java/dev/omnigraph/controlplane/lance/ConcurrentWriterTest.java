package dev.omnigraph.controlplane.lance;

import static org.assertj.core.api.Assertions.assertThat;

import dev.omnigraph.controlplane.digest.Sha256;
import dev.omnigraph.controlplane.fault.FaultPoint;
import dev.omnigraph.controlplane.fault.FaultPoints;
import dev.omnigraph.controlplane.graph.GraphObservation;
import dev.omnigraph.controlplane.graph.SchemaApplication;
import dev.omnigraph.controlplane.language.schema.migration.DropMode;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Writers that do not respect the lock, or began before it was there, lose no rows to a migration. */
class ConcurrentWriterTest {

    private static final String BEFORE = "node A { name: String @key  age: I32? } node Other { name: String @key }";
    private static final String AFTER =
            "node A { name: String @key  age: I32?  more: I32? } node Other { name: String @key }";
    private static final int ROWS = 5;

    @TempDir
    Path folder;

    private Path root;

    @BeforeEach
    void createGraphWithRows() throws Exception {
        try (TestCluster cluster = new TestCluster(folder)) {
            cluster.create("g", BEFORE);
            root = cluster.path("g");
            new TestRows(new FolderLocation(root)).load("node:A", ROWS);
        }
    }

    /** What another program does when the migration comes to a point. */
    private interface Intrusion {
        void happen() throws Exception;
    }

    private static FaultPoints at(FaultPoint armed, Intrusion intrusion) {
        boolean[] happened = {false};
        return point -> {
            if (point == armed && !happened[0]) {
                happened[0] = true;
                try {
                    intrusion.happen();
                } catch (Exception e) {
                    throw new AssertionError("the other writer failed", e);
                }
            }
        };
    }

    private SchemaApplication applyWhile(FaultPoint point, Intrusion intrusion) {
        try (TestCluster cluster = new TestCluster(folder, at(point, intrusion))) {
            return cluster.apply("g", AFTER, DropMode.SOFT, new RecordingJournal());
        }
    }

    @ParameterizedTest
    @EnumSource(
            value = FaultPoint.class,
            names = {
                "SCHEMA_APPLY_AFTER_LOCK",
                "SCHEMA_APPLY_AFTER_SIDECAR_WRITE",
                "SCHEMA_APPLY_BEFORE_TABLE_COMMIT",
                "SCHEMA_APPLY_AFTER_TABLE_WRITE",
                "SCHEMA_APPLY_AFTER_STAGING_WRITE"
            })
    void rowsThatAreLoadedIntoTheTableMeanwhileAreKept(FaultPoint point) throws Exception {
        SchemaApplication outcome = applyWhile(point, () -> {
            // A writer that began when the table was at the version that the manifest shows.
            new TestRows(new FolderLocation(root)).load("node:A", ROWS);
        });

        if (point == FaultPoint.SCHEMA_APPLY_AFTER_LOCK) {
            assertThat(outcome).isInstanceOf(SchemaApplication.Applied.class);
        } else {
            assertThat(outcome).isInstanceOf(SchemaApplication.Failed.class);
        }
        List<Map<String, String>> loaded =
                TableContents.of(new FolderLocation(root)).get("node:A");
        finish();
        assertThat(withoutNew(TableContents.of(new FolderLocation(root)).get("node:A")))
                .hasSize(2 * ROWS);
        assertThat(withoutNew(TableContents.of(new FolderLocation(root)).get("node:A")))
                .containsAll(withoutNew(loaded));
    }

    @Test
    void anOverwriteThatPassedOverAnAppendIsNotPublished() throws Exception {
        SchemaApplication outcome = applyWhile(
                FaultPoint.SCHEMA_APPLY_BEFORE_TABLE_COMMIT,
                () -> new TestRows(new FolderLocation(root)).load("node:A", ROWS));

        assertThat(outcome)
                .isInstanceOfSatisfying(
                        SchemaApplication.Failed.class,
                        failed -> assertThat(failed.reason())
                                .contains("another writer changed the table node:A while it was written")
                                .contains("it went from version 2 to 4 at once"));
        assertThat(TableContents.of(new FolderLocation(root)).get("node:A")).hasSize(2 * ROWS);
    }

    @Test
    void aPublishOfAnotherTableIsNoticedBeforeSchemaFilesAreStaged() throws Exception {
        SchemaApplication outcome = applyWhile(
                FaultPoint.SCHEMA_APPLY_AFTER_TABLE_WRITE,
                () -> new TestRows(new FolderLocation(root)).load("node:Other", ROWS));

        assertThat(outcome)
                .isInstanceOfSatisfying(
                        SchemaApplication.Failed.class,
                        failed -> assertThat(failed.reason())
                                .contains("another writer published while tables were written")
                                .contains("The manifest shows nothing of the migration"));
        finish();
        assertThat(TableContents.of(new FolderLocation(root)).get("node:Other")).hasSize(ROWS);
    }

    @Test
    void aPublishOfAnotherTableAtTheLastMomentIsKeptBesideTheMigration() throws Exception {
        SchemaApplication outcome = applyWhile(
                FaultPoint.SCHEMA_APPLY_AFTER_STAGING_WRITE,
                () -> new TestRows(new FolderLocation(root)).load("node:Other", ROWS));

        assertThat(outcome).isInstanceOf(SchemaApplication.Applied.class);
        assertThat(TableContents.of(new FolderLocation(root)).get("node:Other")).hasSize(ROWS);
        assertThat(TableContents.of(new FolderLocation(root)).get("node:A")).hasSize(ROWS);
    }

    /** An engine that opens the graph takes our sidecar for that of a dead writer (graph-format.md 7.8). */
    @Test
    void aMigrationThatAnotherRecoveryFinishedIsASuccess() throws Exception {
        SchemaApplication outcome = applyWhile(FaultPoint.GRAPH_PUBLISH_BEFORE_COMMIT_APPEND, () -> {
            try (TestRecovery recovery = new TestRecovery(folder)) {
                assertThat(recovery.recover("graphs/g.omni")).isInstanceOf(RecoveryOutcome.Recovered.class);
            }
        });

        assertThat(outcome).isInstanceOf(SchemaApplication.Applied.class);
        finish();
        assertThat(TableContents.of(new FolderLocation(root)).get("node:A")).hasSize(ROWS);
    }

    @Test
    void aSchemaThatAnotherProgramAppliedFirstIsNotWrittenOver() throws Exception {
        String others = BEFORE + " node Theirs { name: String @key }";
        SchemaApplication outcome;
        try (TestCluster cluster = new TestCluster(folder);
                TestCluster other = new TestCluster(folder)) {
            other.migrate("g", others, DropMode.SOFT);

            outcome = cluster.applyFrom(BEFORE, "g", AFTER, DropMode.SOFT, new RecordingJournal());
        }

        assertThat(outcome).isEqualTo(new SchemaApplication.Moved(Sha256.hex(others)));
    }

    /** The next apply of the same plan. */
    private void finish() {
        try (TestCluster cluster = new TestCluster(folder)) {
            SchemaApplication outcome = cluster.applyFrom(BEFORE, "g", AFTER, DropMode.SOFT, new RecordingJournal());

            assertThat(outcome)
                    .as("%s", outcome)
                    .isInstanceOfAny(SchemaApplication.Applied.class, SchemaApplication.AlreadyApplied.class);
            assertThat(((GraphObservation.Opened) cluster.observe("g")).schemaSource())
                    .isEqualTo(AFTER);
        }
    }

    private static List<Map<String, String>> withoutNew(List<Map<String, String>> rows) {
        List<Map<String, String>> copies = new ArrayList<>();
        for (Map<String, String> row : rows) {
            Map<String, String> copy = new TreeMap<>(row);
            copy.remove("more");
            copies.add(copy);
        }
        return copies;
    }
}
