package dev.omnigraph.controlplane.lance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.omnigraph.controlplane.fault.FaultPoint;
import dev.omnigraph.controlplane.fault.FaultPoints;
import dev.omnigraph.controlplane.fault.InjectedFaultException;
import dev.omnigraph.controlplane.graph.GraphCreation;
import dev.omnigraph.controlplane.graph.GraphObservation;
import dev.omnigraph.controlplane.storage.StoreCall;
import dev.omnigraph.controlplane.storage.folder.FolderObjectStore;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What creating leaves behind where it is refused, fails or dies (graph-format.md 5). */
class GraphCreationFailureTest {

    private static final int RACERS = 8;
    private static final List<String> SCHEMA_FILES = List.of("__schema_state.json", "_schema.ir.json", "_schema.pg");

    @TempDir
    Path folder;

    static Stream<FaultPoint> initPoints() {
        return Stream.of(FaultPoint.values()).filter(point -> point.wire().startsWith("init."));
    }

    @ParameterizedTest
    @MethodSource("initPoints")
    void aFailureAfterTheClaimTakesTheSchemaFilesBackAndLeavesDatasets(FaultPoint armed) {
        try (TestCluster cluster = new TestCluster(folder, failingAt(armed))) {
            GraphCreation outcome = cluster.create("people", TestCluster.SCHEMA);

            assertThat(outcome).isInstanceOfSatisfying(GraphCreation.Failed.class, failed -> {
                assertThat(failed.claimWon()).isTrue();
                assertThat(failed.reason()).contains(armed.wire()).contains("schema files were taken back");
            });
            assertThat(cluster.files("people")).doesNotContainAnyElementsOf(SCHEMA_FILES);
            assertThat(datasets(cluster)).isEqualTo(datasetsAt(armed));
            assertThat(cluster.observe("people")).isInstanceOf(GraphObservation.NotOpenable.class);
        }
    }

    @ParameterizedTest
    @MethodSource("initPoints")
    void aDeathLeavesWhatWasWritten(FaultPoint armed) {
        try (TestCluster cluster = new TestCluster(folder, Death.at(armed))) {
            assertThatThrownBy(() -> cluster.create("people", TestCluster.SCHEMA))
                    .isInstanceOf(Death.class);

            assertThat(cluster.files("people")).containsAll(schemaFilesAt(armed));
            assertThat(datasets(cluster)).isEqualTo(datasetsAt(armed));
            boolean complete = armed == FaultPoint.INIT_AFTER_COORDINATOR_INIT
                    || armed == FaultPoint.INIT_AFTER_MANIFEST_STAMP_WRITTEN;
            assertThat(cluster.observe("people"))
                    .isInstanceOf(complete ? GraphObservation.Opened.class : GraphObservation.NotOpenable.class);
            assertThat(cluster.create("people", TestCluster.SCHEMA)).isInstanceOf(GraphCreation.Refused.class);
        }
    }

    private static List<String> schemaFilesAt(FaultPoint point) {
        return point == FaultPoint.INIT_AFTER_SCHEMA_PG_WRITTEN ? List.of("_schema.pg") : SCHEMA_FILES;
    }

    private static List<String> datasetsAt(FaultPoint point) {
        return switch (point) {
            case INIT_AFTER_TABLE_WRITTEN -> List.of("nodes/40d76f1f51639ec0");
            case INIT_AFTER_TABLES_WRITTEN -> List.of("edges/602a25a3bd0b455b", "nodes/40d76f1f51639ec0");
            case INIT_AFTER_MANIFEST_ROWS_WRITTEN,
                    INIT_AFTER_MANIFEST_CONFIG_WRITTEN,
                    INIT_AFTER_MANIFEST_STAMP_WRITTEN,
                    INIT_AFTER_COORDINATOR_INIT ->
                List.of("__manifest", "edges/602a25a3bd0b455b", "nodes/40d76f1f51639ec0");
            default -> List.of();
        };
    }

    private static List<String> datasets(TestCluster cluster) {
        return cluster.folders("people").stream()
                .filter(name -> name.endsWith("/_versions"))
                .map(name -> name.substring(0, name.lastIndexOf('/')))
                .toList();
    }

    private static FaultPoints failingAt(FaultPoint armed) {
        return point -> {
            if (point == armed) {
                throw new InjectedFaultException(point);
            }
        };
    }

    @Test
    void aCreateAfterAFailedOneSaysWhatIsInItsWay() {
        try (TestCluster failing = new TestCluster(folder, failingAt(FaultPoint.INIT_AFTER_TABLES_WRITTEN))) {
            failing.create("people", TestCluster.SCHEMA);
        }
        try (TestCluster cluster = new TestCluster(folder)) {
            assertThat(cluster.create("people", TestCluster.SCHEMA))
                    .isInstanceOfSatisfying(GraphCreation.Failed.class, failed -> {
                        assertThat(failed.claimWon()).isTrue();
                        assertThat(failed.reason())
                                .startsWith("the table node:Person could not be written: a dataset is in its place")
                                .contains("remove the root");
                    });
            assertThat(cluster.files("people")).doesNotContainAnyElementsOf(SCHEMA_FILES);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"_schema.pg", "_schema.ir.json", "__schema_state.json"})
    void whereASchemaFileIsNothingIsCreated(String present) throws Exception {
        try (TestCluster cluster = new TestCluster(folder)) {
            Files.createDirectories(cluster.path("people"));
            Files.writeString(cluster.path("people").resolve(present), "someone's");

            assertThat(cluster.create("people", TestCluster.SCHEMA))
                    .isInstanceOfSatisfying(
                            GraphCreation.Refused.class,
                            refused -> assertThat(refused.reason())
                                    .contains(present)
                                    .contains(cluster.path("people").toString())
                                    .contains("Nothing was changed"));
            assertThat(cluster.files("people")).containsExactly(present);
            assertThat(cluster.path("people").resolve(present)).hasContent("someone's");
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "node {                                        | line 1, column 6",
                "edge Knows: Person -> Person                  | Person",
                "node Person { id: String }                    | id",
                "edge Knows: A -> A { src: String } node A { } | src",
            })
    void aSchemaThatCannotBecomeAGraphIsRefusedBeforeAnythingIsStored(String schema, String reason) {
        try (TestCluster cluster = new TestCluster(folder)) {
            assertThat(cluster.create("people", schema))
                    .isInstanceOfSatisfying(
                            GraphCreation.Refused.class,
                            refused -> assertThat(refused.reason())
                                    .startsWith("the schema does not compile: ")
                                    .contains(reason));
            assertThat(folder).isEmptyDirectory();
        }
    }

    @Test
    void ofRacingCreatesExactlyOneWins() throws Exception {
        ExecutorService racers = Executors.newFixedThreadPool(RACERS);
        try (TestCluster cluster = new TestCluster(folder)) {
            List<String> schemas = new ArrayList<>();
            CountDownLatch start = new CountDownLatch(RACERS);
            List<Callable<GraphCreation>> races = new ArrayList<>();
            for (int racer = 0; racer < RACERS; racer++) {
                String schema = "node Racer" + racer + " { name: String @key }";
                schemas.add(schema);
                races.add(() -> {
                    start.countDown();
                    start.await();
                    return cluster.create("people", schema);
                });
            }
            List<GraphCreation> outcomes = new ArrayList<>();
            for (Future<GraphCreation> race : racers.invokeAll(races)) {
                outcomes.add(race.get());
            }

            assertThat(outcomes)
                    .filteredOn(GraphCreation.Created.class::isInstance)
                    .hasSize(1);
            assertThat(outcomes)
                    .filteredOn(GraphCreation.Refused.class::isInstance)
                    .hasSize(RACERS - 1);
            String winner = schemas.get(outcomes.indexOf(TestCluster.CREATED));
            assertThat(cluster.observe("people")).isInstanceOfSatisfying(GraphObservation.Opened.class, opened -> {
                assertThat(opened.schemaSource()).isEqualTo(winner);
                assertThat(opened.tables()).hasSize(1);
            });
            assertThat(cluster.files("people")).noneMatch(name -> name.contains("#"));
        } finally {
            racers.shutdownNow();
        }
    }

    @Test
    void theListenerHearsOfTheClaimBeforeAnythingElseIsStored() {
        try (TestCluster cluster = new TestCluster(folder)) {
            List<List<String>> heard = new ArrayList<>();

            cluster.engine()
                    .create(
                            cluster.root("people"),
                            TestCluster.SCHEMA,
                            "claimant",
                            () -> heard.add(cluster.files("people")));

            assertThat(heard).containsExactly(List.of("_schema.pg"));
        }
    }

    @Test
    void theListenerHearsOfNoClaimThatWasLost() {
        try (TestCluster cluster = new TestCluster(folder)) {
            cluster.create("people", TestCluster.SCHEMA);

            GraphCreation outcome = cluster.engine()
                    .create(cluster.root("people"), TestCluster.SCHEMA, "claimant", () -> {
                        throw new AssertionError("there was no claim");
                    });

            assertThat(outcome).isInstanceOf(GraphCreation.Refused.class);
        }
    }

    @Test
    void aListenerThatThrowsEndsTheCreateAndIsHeard() {
        try (TestCluster cluster = new TestCluster(folder)) {
            IllegalStateException lost = new IllegalStateException("the operation record is not ours any more");

            assertThatThrownBy(() -> cluster.engine()
                            .create(cluster.root("people"), TestCluster.SCHEMA, "claimant", () -> {
                                throw lost;
                            }))
                    .isSameAs(lost);
            assertThat(cluster.files("people")).isEmpty();
        }
    }

    @ParameterizedTest
    @CsvSource({
        "LIST,          people.omni,         false, it is not known whether a graph is there already",
        "CLAIM,         _schema.pg,          false, _schema.pg could not be claimed",
        "PUT_IF_ABSENT, _schema.ir.json,     true,  _schema.ir.json could not be written",
        "PUT_IF_ABSENT, __schema_state.json, true,  __schema_state.json could not be written",
    })
    void anAnswerThatIsLostIsAFailure(StoreCall call, String file, boolean claimWon, String reason) {
        UncertainStore store = new UncertainStore(new FolderObjectStore(folder), call, file);
        try (TestCluster cluster = new TestCluster(folder, store, FaultPoints.NONE)) {
            assertThat(cluster.create("people", TestCluster.SCHEMA))
                    .isInstanceOfSatisfying(GraphCreation.Failed.class, failed -> {
                        assertThat(failed.claimWon()).isEqualTo(claimWon);
                        assertThat(failed.reason()).startsWith(reason).contains(UncertainStore.REASON);
                    });
        }
    }

    /** A claim without an answer may be another's: only one that is certainly ours is taken back. */
    @Test
    void aClaimWhoseAnswerIsLostIsNotTakenBack() {
        UncertainStore store = new UncertainStore(new FolderObjectStore(folder), StoreCall.CLAIM, "_schema.pg");
        try (TestCluster cluster = new TestCluster(folder, store, FaultPoints.NONE)) {
            cluster.create("people", TestCluster.SCHEMA);

            assertThat(cluster.files("people")).containsExactly("_schema.pg");
        }
    }

    @Test
    void aFileThatBelongsToSomeoneElseByNowIsNotTakenBack() throws Exception {
        String others = "node Other { name: String @key }";
        FaultPoints replacing = point -> {
            if (point == FaultPoint.INIT_AFTER_SCHEMA_CONTRACT_WRITTEN) {
                write(folder.resolve("graphs/people.omni/_schema.pg"), others);
                throw new InjectedFaultException(point);
            }
        };
        try (TestCluster cluster = new TestCluster(folder, replacing)) {
            GraphCreation outcome = cluster.create("people", TestCluster.SCHEMA);

            assertThat(outcome)
                    .isInstanceOfSatisfying(
                            GraphCreation.Failed.class,
                            failed -> assertThat(failed.reason())
                                    .contains("Not all of the schema files could be taken back"));
            assertThat(cluster.files("people")).containsExactly("_schema.pg");
            assertThat(cluster.path("people").resolve("_schema.pg")).hasContent(others);
        }
    }

    private static void write(Path file, String text) {
        try {
            Files.writeString(file, text);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
