package dev.omnigraph.controlplane.lance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.omnigraph.controlplane.fault.FaultPoint;
import dev.omnigraph.controlplane.graph.GraphCreation;
import dev.omnigraph.controlplane.graph.GraphObservation;
import dev.omnigraph.controlplane.graph.GraphRecovery;
import dev.omnigraph.controlplane.graph.SchemaApplication;
import dev.omnigraph.controlplane.graph.TableObservation;
import dev.omnigraph.controlplane.language.schema.migration.DropMode;
import dev.omnigraph.controlplane.storage.PrefixOutcome;
import dev.omnigraph.controlplane.storage.RemovalOutcome;
import dev.omnigraph.controlplane.storage.StorageRoot;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The life of a graph in a bucket, on whichever server: created, migrated, recovered, removed (graph-format.md 7.7). */
abstract class GraphInBucketContract {

    private static final int ROWS = 9;

    @TempDir
    Path folder;

    abstract TestBucketStorage storage();

    @Test
    void aGraphIsRemovedAndAnotherTakesItsPlace() throws Exception {
        graphWithRows();
        try (TestCluster cluster = new TestCluster(storage())) {
            assertThat(cluster.create("g", TestCluster.SCHEMA)).isInstanceOf(GraphCreation.Refused.class);
            int objects = cluster.files("g").size();

            assertThat(storage().store().removeTree(StorageRoot.graphKey("g"), progress -> {}))
                    .isEqualTo(new RemovalOutcome.Done(objects));

            assertThat(storage().store().exists(StorageRoot.graphKey("g"))).isEqualTo(new PrefixOutcome.Absent());
            assertThat(cluster.observe("g")).isInstanceOf(GraphObservation.NotOpenable.class);
            assertThat(cluster.create("g", TestCluster.SCHEMA)).isEqualTo(TestCluster.CREATED);
            assertThat(((GraphObservation.Opened) cluster.observe("g")).schemaSource())
                    .isEqualTo(TestCluster.SCHEMA);
        }
    }

    @ParameterizedTest
    @CsvSource({
        "SCHEMA_APPLY_AFTER_LOCK, 1",
        "SCHEMA_APPLY_BEFORE_TABLE_COMMIT, 1",
        "SCHEMA_APPLY_AFTER_STAGED_FILE, 2",
        "GRAPH_PUBLISH_AFTER_MANIFEST_COMMIT, 1",
        "SCHEMA_APPLY_AFTER_PROMOTED_FILE, 2",
    })
    void theNextApplyEndsADeadOne(FaultPoint armed, int time) throws Exception {
        theNextApplyEnds(armed, time);
    }

    final void theNextApplyEnds(FaultPoint armed, int time) throws Exception {
        Map<String, List<Map<String, String>>> rows = graphWithRows();
        RecordingJournal journal = new RecordingJournal();
        try (TestCluster dying = new TestCluster(storage(), Death.at(armed, time))) {
            assertThat(catchThrowable(() -> dying.apply("g", StoppedMigrationTest.AFTER, DropMode.SOFT, journal)))
                    .isInstanceOf(Death.class);
        }

        try (TestCluster cluster = new TestCluster(storage())) {
            SchemaApplication outcome = cluster.applyFrom(
                    StoppedMigrationTest.BEFORE, "g", StoppedMigrationTest.AFTER, DropMode.SOFT, journal);

            assertThat(outcome)
                    .as("%s", outcome)
                    .isInstanceOfAny(SchemaApplication.Applied.class, SchemaApplication.AlreadyApplied.class);
            GraphObservation.Opened live = (GraphObservation.Opened) cluster.observe("g");
            assertThat(live.schemaSource()).isEqualTo(StoppedMigrationTest.AFTER);
            assertThat(live.branches()).isEmpty();
            assertThat(live.tables()).extracting(TableObservation::key).containsExactly("node:A", "node:D", "node:E");
            assertThat(TableContents.of(cluster.location("g")).get("node:D")).isEqualTo(rows.get("node:B"));
            assertThat(cluster.files("g"))
                    .noneMatch(file -> file.endsWith(".staging") || file.startsWith(GraphLayout.RECOVERY));
        }
    }

    @Test
    void aRecoveryAloneTakesAnUnpublishedApplyBack() throws Exception {
        Map<String, List<Map<String, String>>> rows = graphWithRows();
        RecordingJournal journal = new RecordingJournal();
        try (TestCluster dying = new TestCluster(storage(), Death.at(FaultPoint.SCHEMA_APPLY_BEFORE_STAGING_WRITE))) {
            assertThat(catchThrowable(() -> dying.apply("g", StoppedMigrationTest.AFTER, DropMode.SOFT, journal)))
                    .isInstanceOf(Death.class);
        }

        try (TestCluster cluster = new TestCluster(storage())) {
            assertThat(cluster.engine().recover(cluster.root("g"), journal)).isEqualTo(new GraphRecovery.Recovered());

            assertThat(((GraphObservation.Opened) cluster.observe("g")).branches())
                    .isEmpty();
            assertThat(TableContents.of(cluster.location("g"))).isEqualTo(rows);
        }
    }

    /** Blobs of every size among them, which lie beside the rows or elsewhere. */
    @Test
    void valuesOfEveryTypeAreRewritten() throws Exception {
        try (TestCluster cluster = new TestCluster(storage())) {
            cluster.create("g", WideSchema.SOURCE);
            new TestRows(cluster.location("g"), folder).load("node:Everything", ROWS);
            List<Map<String, String>> before =
                    TableContents.of(cluster.location("g")).get("node:Everything");

            cluster.migrate(
                    "g", WideSchema.SOURCE.replace("bool: Bool\n", "bool: Bool\n  added: I32?\n"), DropMode.SOFT);

            List<Map<String, String>> after =
                    TableContents.of(cluster.location("g")).get("node:Everything");
            after.forEach(row -> row.remove("added"));
            assertThat(TableContents.differences(after, before)).isEmpty();
        }
    }

    private Map<String, List<Map<String, String>>> graphWithRows() throws Exception {
        try (TestCluster cluster = new TestCluster(storage())) {
            cluster.create("g", StoppedMigrationTest.BEFORE);
            TestRows rows = new TestRows(cluster.location("g"), folder);
            rows.load("node:A", ROWS);
            rows.load("node:B", ROWS);
            return TableContents.of(cluster.location("g"));
        }
    }
}
