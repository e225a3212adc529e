package dev.omnigraph.controlplane.lance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.omnigraph.controlplane.fault.FaultPoint;
import dev.omnigraph.controlplane.fault.FaultPointStore;
import dev.omnigraph.controlplane.fault.FaultPoints;
import dev.omnigraph.controlplane.fault.InjectedFaultException;
import dev.omnigraph.controlplane.graph.GraphObservation;
import dev.omnigraph.controlplane.graph.GraphRecovery;
import dev.omnigraph.controlplane.graph.SchemaApplication;
import dev.omnigraph.controlplane.graph.SchemaPreview;
import dev.omnigraph.controlplane.graph.TableObservation;
import dev.omnigraph.controlplane.graph.WriterHold;
import dev.omnigraph.controlplane.language.schema.migration.DropMode;
import dev.omnigraph.controlplane.storage.ObjectStore;
import dev.omnigraph.controlplane.storage.folder.FolderObjectStore;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Wherever a migration stops, the graph is readable, and the next apply finishes it or has undone it (graph-format.md 7.7). */
class StoppedMigrationTest {

    static final String BEFORE = """
            node A { name: String @key  age: I32?  old: String? }
            node B { name: String @key }
            node C { name: String @key }
            """;

    /** A new table, a renamed one, a rewritten one and a dropped one. */
    static final String AFTER = """
            node A { name: String @key  age: I32?  more: [F64]? }
            node D @rename_from("B") { name: String @key }
            node E { name: String @key }
            """;

    private static final int ROWS = 9;

    @TempDir
    Path folder;

    private Map<String, List<Map<String, String>>> rowsBefore;

    @BeforeEach
    void createGraphWithRows() throws Exception {
        try (TestCluster cluster = new TestCluster(folder)) {
            cluster.create("g", BEFORE);
            TestRows rows = new TestRows(cluster.location("g"));
            rows.load("node:A", ROWS);
            rows.load("node:B", ROWS);
            rows.load("node:C", ROWS);
            rowsBefore = TableContents.of(cluster.location("g"));
        }
    }

    static Stream<FaultPoint> points() {
        return Stream.of(FaultPoint.values())
                .filter(point -> point.wire().startsWith("schema_apply.")
                        || point.wire().startsWith("graph_publish.")
                        || point == FaultPoint.RECOVERY_SIDECAR_WRITE
                        || point == FaultPoint.RECOVERY_SIDECAR_DELETE);
    }

    @ParameterizedTest
    @MethodSource("points")
    void aFailureReleasesTheLockWhereTheGraphOpensAndTheNextApplySucceeds(FaultPoint armed) throws Exception {
        RecordingJournal journal = new RecordingJournal();
        SchemaApplication outcome;
        try (TestCluster failing = new TestCluster(folder, failingAt(armed))) {
            outcome = failing.apply("g", AFTER, DropMode.SOFT, journal);
        }

        assertThat(outcome).as("%s", outcome).isInstanceOf(expectedAt(armed));
        try (TestCluster cluster = new TestCluster(folder)) {
            if (armed == FaultPoint.SCHEMA_APPLY_AFTER_PROMOTED_FILE) {
                assertThat(cluster.observe("g")).isInstanceOf(GraphObservation.NotOpenable.class);
                assertThat(journal.entries()).endsWith("publishing");
            } else {
                assertThat(((GraphObservation.Opened) cluster.observe("g")).branches())
                        .isEmpty();
                assertThat(journal.entries())
                        .last()
                        .asString()
                        .startsWith(armed == FaultPoint.SCHEMA_APPLY_AFTER_UNLOCK ? "publishing" : "unlocked");
            }
            finish(cluster, journal);
        }
    }

    @ParameterizedTest
    @MethodSource("points")
    void aDeathLeavesWhatTheNextApplyEnds(FaultPoint armed) throws Exception {
        RecordingJournal journal = new RecordingJournal();
        dieAt(Death.at(armed), AFTER, journal);

        try (TestCluster cluster = new TestCluster(folder)) {
            finish(cluster, journal);
        }
    }

    /** The first of the staged files is there and the others are not, and so on: the hardest ones to tell apart. */
    @ParameterizedTest
    @CsvSource({
        "SCHEMA_APPLY_AFTER_STAGED_FILE, 2",
        "SCHEMA_APPLY_AFTER_STAGED_FILE, 3",
        "SCHEMA_APPLY_AFTER_PROMOTED_FILE, 2",
        "SCHEMA_APPLY_AFTER_PROMOTED_FILE, 3",
        "SCHEMA_APPLY_AFTER_TABLE_WRITE, 2",
        "SCHEMA_APPLY_AFTER_TABLE_WRITE, 3"
    })
    void aDeathAtEachOfSeveralFilesOrTables(FaultPoint armed, int time) throws Exception {
        RecordingJournal journal = new RecordingJournal();
        dieAt(Death.at(armed, time), AFTER, journal);

        try (TestCluster cluster = new TestCluster(folder)) {
            finish(cluster, journal);
        }
    }

    /** A caller that knows of the death, and does not want the schema any more or not yet. */
    @ParameterizedTest
    @MethodSource("points")
    void aRecoveryAloneEndsTheDeadApply(FaultPoint armed) throws Exception {
        RecordingJournal journal = new RecordingJournal();
        dieAt(Death.at(armed), AFTER, journal);

        try (TestCluster cluster = new TestCluster(folder)) {
            assertThat(cluster.engine().hold(cluster.root("g"), journal))
                    .isEqualTo(
                            armed == FaultPoint.SCHEMA_APPLY_AFTER_UNLOCK
                                    ? new WriterHold.None()
                                    : new WriterHold.Held());
            assertThat(cluster.engine().recover(cluster.root("g"), journal))
                    .isEqualTo(
                            armed == FaultPoint.SCHEMA_APPLY_AFTER_UNLOCK
                                    ? new GraphRecovery.Nothing()
                                    : new GraphRecovery.Recovered());
            assertThat(cluster.engine().recover(cluster.root("g"), journal)).isEqualTo(new GraphRecovery.Nothing());
            assertThat(cluster.engine().hold(cluster.root("g"), journal)).isEqualTo(new WriterHold.None());

            GraphObservation.Opened live = (GraphObservation.Opened) cluster.observe("g");
            assertThat(live.schemaSource()).isIn(BEFORE, AFTER);
            assertThat(live.branches()).isEmpty();
            if (live.schemaSource().equals(BEFORE)) {
                assertThat(TableContents.of(cluster.location("g"))).isEqualTo(rowsBefore);
            }
        }
    }

    /** It lives, and takes its lock branch away; what it had begun is still there, were it only the intent. */
    @ParameterizedTest
    @EnumSource(
            value = FaultPoint.class,
            names = {"CLUSTER_STORE_AFTER_GRAPH_FILE_WRITE", "SCHEMA_APPLY_AFTER_TABLE_WRITE"})
    void aRecoveryAloneEndsAnApplyThatGaveUp(FaultPoint armed) throws Exception {
        FaultPoints failing = failingAt(armed);
        ObjectStore store = new FaultPointStore(new FolderObjectStore(folder), failing);
        try (TestCluster cluster = new TestCluster(folder, store, failing)) {
            assertThat(cluster.apply("g", AFTER, DropMode.SOFT, new RecordingJournal()))
                    .isInstanceOf(SchemaApplication.Failed.class);
        }
        try (TestCluster cluster = new TestCluster(folder)) {
            RecordingJournal journal = new RecordingJournal();
            assertThat(cluster.engine().hold(cluster.root("g"), journal)).isEqualTo(new WriterHold.Held());

            assertThat(cluster.engine().recover(cluster.root("g"), journal)).isEqualTo(new GraphRecovery.Recovered());

            assertThat(cluster.engine().hold(cluster.root("g"), journal)).isEqualTo(new WriterHold.None());
            assertThat(((GraphObservation.Opened) cluster.observe("g")).schemaSource())
                    .isEqualTo(BEFORE);
            assertThat(TableContents.of(cluster.location("g"))).isEqualTo(rowsBefore);
        }
    }

    @Test
    void whatTheCallerForbidsMovesNothing() throws Exception {
        RecordingJournal journal = new RecordingJournal();
        journal.forbidWriting("rows were written since");
        try (TestCluster cluster = new TestCluster(folder)) {
            GraphObservation before = cluster.observe("g");

            assertThat(cluster.apply("g", AFTER, DropMode.SOFT, journal))
                    .isEqualTo(new SchemaApplication.Forbidden("rows were written since"));

            assertThat(cluster.observe("g")).isEqualTo(before);
            assertThat(cluster.files("g")).noneMatch(file -> file.startsWith(GraphLayout.RECOVERY));
        }
    }

    /** Nothing moved, and yet its lock branch may keep writers out, which only the next recovery ends. */
    @Test
    void anApplyThatCannotSayThatItsLockIsGoneHasFailed() {
        RecordingJournal journal = new RecordingJournal();
        journal.forbidWriting("rows were written since");
        try (TestCluster cluster = new TestCluster(folder, failingAt(FaultPoint.SCHEMA_APPLY_AFTER_UNLOCK))) {
            assertThat(cluster.apply("g", AFTER, DropMode.SOFT, journal))
                    .isInstanceOfSatisfying(
                            SchemaApplication.Failed.class,
                            failed -> assertThat(failed.reason())
                                    .contains("rows were written since", "no record says so"));
        }
    }

    @Test
    void theLockOfAnotherProgramIsNoReasonToRecover() {
        dieAt(Death.at(FaultPoint.SCHEMA_APPLY_AFTER_STAGING_WRITE), AFTER, new RecordingJournal());

        try (TestCluster cluster = new TestCluster(folder)) {
            List<String> files = cluster.files("g");

            assertThat(cluster.engine().recover(cluster.root("g"), new RecordingJournal()))
                    .isEqualTo(new GraphRecovery.Nothing());
            assertThat(cluster.engine().hold(cluster.root("g"), new RecordingJournal()))
                    .isEqualTo(new WriterHold.None());
            assertThat(cluster.engine().hold(cluster.root("nobody"), new RecordingJournal()))
                    .isEqualTo(new WriterHold.None());
            assertThat(cluster.engine().recover(cluster.root("nobody"), new RecordingJournal()))
                    .isEqualTo(new GraphRecovery.Nothing());
            assertThat(cluster.files("g")).isEqualTo(files);
        }
    }

    /** Without a sidecar such an apply could be neither finished nor undone, and the graph would not open (H1). */
    static Stream<FaultPoint> pointsWithoutTables() {
        return points().filter(point -> point != FaultPoint.SCHEMA_APPLY_AFTER_TABLE_WRITE
                && point != FaultPoint.SCHEMA_APPLY_BEFORE_TABLE_COMMIT);
    }

    @ParameterizedTest
    @MethodSource("pointsWithoutTables")
    void anApplyThatMovesNoTableIsEndedToo(FaultPoint armed) throws Exception {
        String desired = "// said better\n" + BEFORE;
        RecordingJournal journal = new RecordingJournal();
        dieAt(Death.at(armed), desired, journal);

        try (TestCluster cluster = new TestCluster(folder)) {
            SchemaApplication outcome = applyAsPlannedFrom(BEFORE, cluster, desired, journal);

            assertThat(outcome)
                    .isInstanceOfAny(SchemaApplication.Applied.class, SchemaApplication.AlreadyApplied.class);
            assertThat(((GraphObservation.Opened) cluster.observe("g")).schemaSource())
                    .isEqualTo(desired);
            assertThat(TableContents.of(cluster.location("g"))).isEqualTo(rowsBefore);
        }
    }

    @Test
    void whatTheCallerThrowsStopsTheApplyBeforeItMovesAnything() throws Exception {
        RecordingJournal journal = new RecordingJournal();
        IllegalStateException lost = new IllegalStateException("the lock of the cluster is lost");
        journal.failAtWriting(lost);
        try (TestCluster cluster = new TestCluster(folder)) {
            GraphObservation before = cluster.observe("g");

            assertThat(catchThrowable(() -> cluster.apply("g", AFTER, DropMode.SOFT, journal)))
                    .isSameAs(lost);

            assertThat(cluster.observe("g")).isEqualTo(before);
            assertThat(journal.entries()).endsWith("writing", "unlocked 6");
            assertThat(cluster.files("g")).noneMatch(file -> file.startsWith(GraphLayout.RECOVERY));
        }
    }

    /** The next apply, by a caller that planned before the stop. */
    private void finish(TestCluster cluster, RecordingJournal journal) throws Exception {
        boolean opens = cluster.observe("g") instanceof GraphObservation.Opened;
        assertThat(cluster.preview("g", AFTER, DropMode.SOFT, journal))
                .isInstanceOf(opens ? SchemaPreview.Previewed.class : SchemaPreview.NotOpenable.class);

        SchemaApplication outcome = applyAsPlannedFrom(BEFORE, cluster, AFTER, journal);

        assertThat(outcome)
                .as("%s", outcome)
                .isInstanceOfAny(SchemaApplication.Applied.class, SchemaApplication.AlreadyApplied.class);
        GraphObservation.Opened live = (GraphObservation.Opened) cluster.observe("g");
        assertThat(live.schemaSource()).isEqualTo(AFTER);
        assertThat(live.branches()).isEmpty();
        assertThat(live.tables()).extracting(TableObservation::key).containsExactly("node:A", "node:D", "node:E");
        Map<String, List<Map<String, String>>> rows = TableContents.of(cluster.location("g"));
        assertThat(rows.get("node:D")).isEqualTo(rowsBefore.get("node:B"));
        assertThat(rows.get("node:A"))
                .extracting(row -> row.get("id") + row.get("name") + row.get("age") + row.get("more"))
                .containsExactlyElementsOf(rowsBefore.get("node:A").stream()
                        .map(row -> row.get("id") + row.get("name") + row.get("age") + null)
                        .toList());
        assertThat(cluster.files("g")).noneMatch(file -> file.endsWith(".staging") || file.startsWith("__recovery"));
    }

    private static SchemaApplication applyAsPlannedFrom(
            String planned, TestCluster cluster, String desired, RecordingJournal journal) {
        return cluster.applyFrom(planned, "g", desired, DropMode.SOFT, journal);
    }

    private static Class<? extends SchemaApplication> expectedAt(FaultPoint point) {
        return switch (point) {
            case SCHEMA_APPLY_AFTER_LOCK -> SchemaApplication.FailedWithoutMovement.class;
            case RECOVERY_SIDECAR_DELETE, SCHEMA_APPLY_AFTER_UNLOCK -> SchemaApplication.Applied.class;
            default -> SchemaApplication.Failed.class;
        };
    }

    private static FaultPoints failingAt(FaultPoint armed) {
        return point -> {
            if (point == armed) {
                throw new InjectedFaultException(point);
            }
        };
    }

    private void dieAt(FaultPoints death, String desired, RecordingJournal journal) {
        try (TestCluster dying = new TestCluster(folder, death)) {
            assertThat(catchThrowable(() -> dying.apply("g", desired, DropMode.SOFT, journal)))
                    .isInstanceOf(Death.class);
        }
    }
}
