package dev.omnigraph.controlplane.lance;

import static org.assertj.core.api.Assertions.assertThat;

import dev.omnigraph.controlplane.fault.FaultPoint;
import dev.omnigraph.controlplane.fault.FaultPoints;
import dev.omnigraph.controlplane.fault.InjectedFaultException;
import dev.omnigraph.controlplane.lance.RecoveredWrite.Ending;
import dev.omnigraph.controlplane.lance.RecoveryOutcome.StagedSchema;
import dev.omnigraph.controlplane.language.schema.CompiledSchema;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What recovery makes of graphs whose writers died, and when it leaves them alone (graph-format.md 4.6 and 6). */
class GraphRecoveryTest {

    private static final List<String> PUBLISHED_ROWS = List.of(
            "edge:Knows{dst=Grace, id=Ada-Grace, src=Ada}",
            "node:Person{id=Ada, name=Ada}",
            "node:Person{id=Grace," + " name=Grace}");

    @TempDir
    Path folder;

    private RecoveryOutcome recover() {
        return recover(FaultPoints.NONE);
    }

    private RecoveryOutcome recover(FaultPoints faultPoints) {
        try (TestRecovery recovery = new TestRecovery(folder, faultPoints)) {
            return recovery.recover(InterruptedGraph.NAME);
        }
    }

    private static Set<Path> datasetFiles(Path root) throws Exception {
        try (Stream<Path> all = Files.walk(root)) {
            return all.filter(Files::isRegularFile)
                    .filter(file -> !file.toString().contains(GraphLayout.LOCK_BRANCH))
                    .filter(file -> root.relativize(file).getNameCount() > 2)
                    .collect(Collectors.toSet());
        }
    }

    /** What the graph shows follows from how the write is ended, and no file of any dataset is ever taken away. */
    @ParameterizedTest
    @EnumSource
    void anInterruptedWriteIsEnded(InterruptedState state) throws Exception {
        Path root = state.make(folder);
        Set<Path> before = datasetFiles(root);

        assertThat(recover()).isInstanceOfSatisfying(RecoveryOutcome.Recovered.class, recovered -> {
            assertThat(recovered.isComplete()).isTrue();
            assertThat(recovered.writes()).singleElement().satisfies(write -> {
                assertThat(write.ending()).isEqualTo(state.ending());
                assertThat(write.operationId()).isEqualTo(InterruptedGraph.OPERATION);
            });
        });

        assertThat(datasetFiles(root)).containsAll(before);
        assertThat(root.resolve(GraphLayout.RECOVERY)).isEmptyDirectory();
        if (state.ending() == Ending.ROLLED_BACK || state.ending() == Ending.DISCARDED) {
            assertThat(GraphRows.of(new FolderLocation(root))).isEqualTo(PUBLISHED_ROWS);
        }
        assertThat(recover()).isEqualTo(new RecoveryOutcome.Recovered(StagedSchema.NONE, List.of(), false));
    }

    @Test
    void aGraphWithoutInterruptedWritesIsLeftAsItIs() throws Exception {
        try (InterruptedGraph graph = new InterruptedGraph(folder)) {
            RecoveredGraphView before = RecoveredGraphView.of(graph.location());

            assertThat(recover()).isEqualTo(new RecoveryOutcome.Recovered(StagedSchema.NONE, List.of(), false));
            assertThat(RecoveredGraphView.of(graph.location())).isEqualTo(before);
        }
    }

    @Test
    void besideOtherWritersOnlyWhatIsCompleteIsFinished() throws Exception {
        try (InterruptedGraph graph = new InterruptedGraph(folder);
                TestRecovery recovery = new TestRecovery(folder)) {
            graph.pin(InterruptedGraph.PERSON, graph.head(InterruptedGraph.PERSON, Optional.empty()));
            graph.pin(InterruptedGraph.KNOWS, graph.head(InterruptedGraph.KNOWS, Optional.empty()));
            graph.sidecar(WriterKind.LOAD);
            graph.append(InterruptedGraph.PERSON, Optional.empty(), "Edsger");
            RecoveredGraphView underWay = RecoveredGraphView.of(graph.location());

            assertThat(endings(recovery.recoverBesideWriters(InterruptedGraph.NAME)))
                    .containsExactly(RecoveredWrite.Ending.DEFERRED);
            assertThat(RecoveredGraphView.of(graph.location())).isEqualTo(underWay);

            graph.append(InterruptedGraph.KNOWS, Optional.empty(), "Ada-Edsger");
            assertThat(endings(recovery.recoverBesideWriters(InterruptedGraph.NAME)))
                    .containsExactly(RecoveredWrite.Ending.ROLLED_FORWARD);
        }
    }

    private static List<RecoveredWrite.Ending> endings(RecoveryOutcome outcome) {
        return ((RecoveryOutcome.Recovered) outcome)
                .writes().stream().map(RecoveredWrite::ending).toList();
    }

    @Test
    void aLockThatIsNotOursStopsItBeforeAnythingIsTouched() throws Exception {
        Path root = InterruptedState.APPLY_AFTER_ITS_STAGING.make(folder);
        RecoveredGraphView before = RecoveredGraphView.of(new FolderLocation(root));

        try (TestRecovery recovery = new TestRecovery(folder)) {
            assertThat(recovery.recover(InterruptedGraph.NAME, false))
                    .isInstanceOfSatisfying(
                            RecoveryOutcome.Locked.class,
                            locked -> assertThat(locked.reason())
                                    .contains(GraphLayout.LOCK_BRANCH)
                                    .contains("Nothing was changed"));
            assertThat(recovery.unlocked()).isEmpty();
        }
        assertThat(RecoveredGraphView.of(new FolderLocation(root))).isEqualTo(before);
    }

    @Test
    void aLockOfOurDeadApplyIsClearedAndReported() throws Exception {
        try (InterruptedGraph graph = new InterruptedGraph(folder);
                TestRecovery recovery = new TestRecovery(folder)) {
            graph.lock();

            assertThat(recovery.recover(InterruptedGraph.NAME))
                    .isEqualTo(new RecoveryOutcome.Recovered(StagedSchema.NONE, List.of(), true));
            assertThat(recovery.unlocked())
                    .singleElement()
                    .satisfies(lock -> assertThat(lock.manifestVersion()).isEqualTo(4));
        }
    }

    /** The engine would put the part in force and break the schema (H2). */
    @ParameterizedTest
    @ValueSource(ints = {1, 2})
    void aSetOfSchemaFilesThatWasNotCompletedIsRemovedAndTheWriteUndone(int staged) throws Exception {
        try (InterruptedGraph graph = new InterruptedGraph(folder)) {
            graph.add(InterruptedState.table(InterruptedGraph.TEAMS, "node:Team"));
            graph.sidecar(WriterKind.SCHEMA_APPLY);
            stagePart(graph, InterruptedGraph.TEAMS, staged);

            assertThat(recover()).isInstanceOfSatisfying(RecoveryOutcome.Recovered.class, recovered -> {
                assertThat(recovered.schemaFiles()).isEqualTo(StagedSchema.DISCARDED);
                assertThat(recovered.writes())
                        .extracting(RecoveredWrite::ending)
                        .containsExactly(Ending.ROLLED_BACK);
            });
            assertThat(graph.staging().present()).isEmpty();
            assertThat(GraphRows.of(graph.location())).isEqualTo(PUBLISHED_ROWS);
            assertThat(graph.root().resolve("_schema.pg")).hasContent(InterruptedGraph.SCHEMA);
        }
    }

    /** The engine would give up (H1). */
    @Test
    void stagedFilesOfAMigrationThatChangesNoColumnAreRemoved() throws Exception {
        try (InterruptedGraph graph = new InterruptedGraph(folder)) {
            graph.staging().write(CompiledSchema.compile(InterruptedGraph.DESCRIBED));

            assertThat(recover()).isEqualTo(new RecoveryOutcome.Recovered(StagedSchema.DISCARDED, List.of(), false));
            assertThat(graph.staging().present()).isEmpty();
            assertThat(graph.root().resolve("_schema.pg")).hasContent(InterruptedGraph.SCHEMA);
        }
    }

    @Test
    void stagedFilesOfWhichNothingTellsWhetherTheyAreInForceStay() throws Exception {
        try (InterruptedGraph graph = new InterruptedGraph(folder)) {
            graph.staging()
                    .write(CompiledSchema.compile(
                            InterruptedGraph.SCHEMA.replace("name: String @key", "name: String @key\n  age: I32?")));

            assertThat(recover())
                    .isInstanceOfSatisfying(
                            RecoveryOutcome.Stuck.class,
                            stuck -> assertThat(stuck.reason())
                                    .contains("nothing tells")
                                    .contains("Nothing was changed"));
            assertThat(graph.staging().present()).hasSize(3);
        }
    }

    @Test
    void stagedFilesOfAPublishedMigrationArePutInForceWithoutItsSidecar() throws Exception {
        try (InterruptedGraph graph = new InterruptedGraph(folder)) {
            graph.add(InterruptedState.table(InterruptedGraph.TEAMS, "node:Team"));
            graph.drop(InterruptedGraph.KNOWS, 3);
            graph.publishSidecar();
            graph.staging().write(CompiledSchema.compile(InterruptedGraph.TEAMS));

            assertThat(recover()).isEqualTo(new RecoveryOutcome.Recovered(StagedSchema.PROMOTED, List.of(), false));
            assertThat(graph.root().resolve("_schema.pg")).hasContent(InterruptedGraph.TEAMS);
        }
    }

    /** What an engine leaves that opened the graph between the first and the third staged file (H2). */
    @ParameterizedTest
    @CsvSource({"1, false", "2, false", "1, true", "2, true"})
    void anAcceptedSchemaThatWasLeftBehindFollowsThePublishedSource(int promoted, boolean descriptionOnly)
            throws Exception {
        String desired = descriptionOnly ? InterruptedGraph.DESCRIBED : InterruptedGraph.TEAMS;
        try (InterruptedGraph graph = new InterruptedGraph(folder)) {
            if (!descriptionOnly) {
                graph.add(InterruptedState.table(InterruptedGraph.TEAMS, "node:Team"));
                graph.drop(InterruptedGraph.KNOWS, 3);
                graph.publishSidecar();
            }
            graph.lock();
            stagePart(graph, desired, promoted);
            graph.staging().promote();

            assertThat(recover()).isEqualTo(new RecoveryOutcome.Recovered(StagedSchema.NONE, List.of(), true));

            CompiledSchema schema = CompiledSchema.compile(desired);
            assertThat(graph.texts().read(GraphLayout.SCHEMA_SOURCE)).contains(desired);
            assertThat(graph.texts().read(GraphLayout.SCHEMA_IR))
                    .contains(schema.ir().prettyText());
            assertThat(graph.texts().read(GraphLayout.SCHEMA_STATE))
                    .contains(schema.state().text());
        }
    }

    /** Without our dead apply as the reason, a source that differs in what no table shows was edited by somebody. */
    @Test
    void aSourceThatWasEditedByHandIsNotAccepted() throws Exception {
        try (InterruptedGraph graph = new InterruptedGraph(folder)) {
            graph.texts().put(GraphLayout.SCHEMA_SOURCE, InterruptedGraph.DESCRIBED);

            assertThat(recover()).isInstanceOf(RecoveryOutcome.Stuck.class);

            graph.texts().put(GraphLayout.SCHEMA_SOURCE, InterruptedGraph.TEAMS);
            graph.lock();
            assertThat(recover()).isInstanceOf(RecoveryOutcome.Stuck.class);
            assertThat(graph.texts().read(GraphLayout.SCHEMA_IR))
                    .contains(
                            CompiledSchema.compile(InterruptedGraph.SCHEMA).ir().prettyText());
        }
    }

    /** An engine that was killed in its own recovery: it would undo the tables of the schema that it put in force. */
    @Test
    void aWriteWhoseSchemaIsInForceAlreadyIsFinished() throws Exception {
        try (InterruptedGraph graph = new InterruptedGraph(folder)) {
            graph.add(InterruptedState.table(InterruptedGraph.TEAMS, "node:Team"));
            graph.drop(InterruptedGraph.KNOWS, 3);
            graph.sidecar(WriterKind.SCHEMA_APPLY);
            graph.staging().write(CompiledSchema.compile(InterruptedGraph.TEAMS));
            graph.staging().promote();

            assertThat(recover())
                    .isInstanceOfSatisfying(
                            RecoveryOutcome.Recovered.class,
                            recovered -> assertThat(recovered.writes())
                                    .extracting(RecoveredWrite::ending)
                                    .containsExactly(Ending.ROLLED_FORWARD));
            assertThat(GraphRows.of(graph.location())).allMatch(row -> row.startsWith("node:Person"));
        }
    }

    @Test
    void aMigrationThatIsCompleteButForItsSidecarIsOnlyRecorded() throws Exception {
        try (InterruptedGraph graph = new InterruptedGraph(folder)) {
            graph.add(InterruptedState.table(InterruptedGraph.TEAMS, "node:Team"));
            graph.drop(InterruptedGraph.KNOWS, 3);
            graph.sidecar(WriterKind.SCHEMA_APPLY);
            graph.staging().write(CompiledSchema.compile(InterruptedGraph.TEAMS));
            graph.publishSidecar();
            graph.staging().promote();

            assertThat(recover())
                    .isInstanceOfSatisfying(
                            RecoveryOutcome.Recovered.class,
                            recovered -> assertThat(recovered.writes())
                                    .extracting(RecoveredWrite::ending)
                                    .containsExactly(Ending.ALREADY_PUBLISHED));
        }
    }

    /** A dropped table cannot come back, so that publish could never succeed; the engine breaks the schema on it. */
    @Test
    void aMigrationThatAddsADroppedTableIsUndone() throws Exception {
        try (InterruptedGraph graph = new InterruptedGraph(folder)) {
            graph.add(InterruptedState.table(InterruptedGraph.TEAMS, "node:Team"));
            graph.publishSidecar();
            graph.forget();
            graph.drop("node:Team", 2);
            graph.publishSidecar();
            graph.forget();
            graph.register(InterruptedState.table(InterruptedGraph.TEAMS, "node:Team"));
            graph.sidecar(WriterKind.SCHEMA_APPLY);
            graph.staging().write(CompiledSchema.compile(InterruptedGraph.TEAMS));

            assertThat(recover()).isInstanceOfSatisfying(RecoveryOutcome.Recovered.class, recovered -> {
                assertThat(recovered.schemaFiles()).isEqualTo(StagedSchema.DISCARDED);
                assertThat(recovered.writes())
                        .extracting(RecoveredWrite::ending)
                        .containsExactly(Ending.ROLLED_BACK);
            });
            assertThat(graph.root().resolve("_schema.pg")).hasContent(InterruptedGraph.SCHEMA);
        }
    }

    @Test
    void oneSidecarThatCannotBeReadStopsItBeforeAnythingIsTouched() throws Exception {
        Path root = InterruptedState.LOAD_AFTER_ALL_TABLES.make(folder);
        Files.writeString(root.resolve("__recovery/01M829D798E99EHKNB4MGXYZZZ.json"), "{\"schema_version\": 3}");
        RecoveredGraphView before = RecoveredGraphView.of(new FolderLocation(root));

        assertThat(recover())
                .isInstanceOfSatisfying(
                        RecoveryOutcome.Stuck.class,
                        stuck -> assertThat(stuck.reason()).contains("__recovery/01M829D798E99EHKNB4MGXYZZZ.json"));
        assertThat(RecoveredGraphView.of(new FolderLocation(root))).isEqualTo(before);
    }

    /** Its tables would be another graph's. */
    @Test
    void aSidecarThatNamesAnotherPlaceIsLeft() throws Exception {
        Path root = InterruptedState.LOAD_AFTER_ONE_TABLE.make(Files.createDirectories(folder.resolve("before")));
        Path moved = Files.move(root, folder.resolve(InterruptedGraph.NAME));

        assertThat(recover())
                .isInstanceOfSatisfying(
                        RecoveryOutcome.Stuck.class,
                        stuck -> assertThat(stuck.reason())
                                .contains(root.toString())
                                .contains("moved"));
        assertThat(moved.resolve("__recovery")).isNotEmptyDirectory();

        Files.createSymbolicLink(root, moved);
        assertThat(recover()).isInstanceOf(RecoveryOutcome.Recovered.class);
        assertThat(GraphRows.of(new FolderLocation(moved))).isEqualTo(PUBLISHED_ROWS);
    }

    @ParameterizedTest
    @ValueSource(strings = {"../../../elsewhere", "review", "/elsewhere"})
    void aBranchThatTheGraphDoesNotHaveIsNoPath(String branch) throws Exception {
        try (InterruptedGraph graph = new InterruptedGraph(folder)) {
            graph.pin(InterruptedGraph.PERSON, 2, 3, OptionalLong.empty(), Optional.of(branch));
            graph.sidecar(WriterKind.LOAD);

            assertThat(recover())
                    .isInstanceOfSatisfying(
                            RecoveryOutcome.Stuck.class,
                            stuck -> assertThat(stuck.reason()).contains(branch));
        }
    }

    /** The writer died before it forked the table, so that nothing of it moved. */
    @Test
    void aTableThatWasNotForkedYetHasNotMoved() throws Exception {
        try (InterruptedGraph graph = new InterruptedGraph(folder)) {
            graph.branch("review");
            graph.pin(InterruptedGraph.PERSON, 2, 3, OptionalLong.empty(), Optional.of("review"));
            graph.sidecar(WriterKind.LOAD, 2, Optional.of("review"), Optional.empty());

            assertThat(recover())
                    .isInstanceOfSatisfying(
                            RecoveryOutcome.Recovered.class,
                            recovered -> assertThat(recovered.writes())
                                    .extracting(RecoveredWrite::ending)
                                    .containsExactly(Ending.ROLLED_BACK));
            assertThat(GraphRows.of(graph.location(), Optional.of("review"))).isEqualTo(PUBLISHED_ROWS);
        }
    }

    @Test
    void aTableThatTheGraphDoesNotHaveIsLeft() throws Exception {
        try (InterruptedGraph graph = new InterruptedGraph(folder)) {
            graph.pin("node:Team", 1);
            graph.sidecar(WriterKind.LOAD);

            assertThat(recover())
                    .isInstanceOfSatisfying(
                            RecoveryOutcome.Stuck.class,
                            stuck -> assertThat(stuck.reason()).contains("node:Team"));
        }
    }

    @Test
    void aTableThatIsOlderThanTheManifestSaysIsLeft() throws Exception {
        try (InterruptedGraph graph = new InterruptedGraph(folder)) {
            graph.pin(InterruptedGraph.PERSON, 2);
            graph.sidecar(WriterKind.LOAD);
            FolderLocation table = (FolderLocation) graph.table(InterruptedGraph.PERSON, Optional.empty());
            Files.delete(table.version(2).path());

            assertThat(recover())
                    .isInstanceOfSatisfying(
                            RecoveryOutcome.Stuck.class,
                            stuck -> assertThat(stuck.reason())
                                    .contains(InterruptedGraph.OPERATION)
                                    .contains("no version as new as"));
        }
    }

    @Test
    void aTableWithoutADatasetOrWithADamagedOneIsLeft() throws Exception {
        try (InterruptedGraph graph = new InterruptedGraph(folder)) {
            graph.pin(InterruptedGraph.PERSON, 2);
            graph.sidecar(WriterKind.LOAD);
            FolderLocation table = (FolderLocation) graph.table(InterruptedGraph.PERSON, Optional.empty());
            Files.writeString(table.version(2).path(), "torn");

            assertThat(recover())
                    .isInstanceOfSatisfying(
                            RecoveryOutcome.Stuck.class,
                            stuck -> assertThat(stuck.reason()).contains("damaged"));

            Files.move(table.path(), folder.resolve("aside"));
            assertThat(recover())
                    .isInstanceOfSatisfying(
                            RecoveryOutcome.Stuck.class,
                            stuck -> assertThat(stuck.reason()).contains("no dataset"));
        }
    }

    /** Another recovery, in the engine, may be at the same write. */
    @Test
    void aWriteThatAnotherRecoveryFinishedFirstIsRecordedOnce() throws Exception {
        Path root = InterruptedState.LOAD_AFTER_ALL_TABLES.make(folder);
        FaultPoints other = once(FaultPoint.RECOVERY_BEFORE_ROLL_FORWARD_PUBLISH, this::recover);

        assertThat(recover(other))
                .isInstanceOfSatisfying(
                        RecoveryOutcome.Recovered.class,
                        recovered -> assertThat(recovered.writes())
                                .extracting(RecoveredWrite::ending)
                                .containsExactly(Ending.ALREADY_PUBLISHED));
        assertThat(RecoveredGraphView.of(new FolderLocation(root)).audit()).hasSize(1);
    }

    /** The other one died before it wrote down what it did. */
    @Test
    void aWriteThatAnotherRecoveryPublishedFirstIsRecordedWithItsCommit() throws Exception {
        Path root = InterruptedState.LOAD_AFTER_ALL_TABLES.make(folder);
        FaultPoints dying = once(FaultPoint.RECOVERY_RECORD_AUDIT, () -> {
            throw new InjectedFaultException(FaultPoint.RECOVERY_RECORD_AUDIT);
        });
        FaultPoints other = once(FaultPoint.RECOVERY_BEFORE_ROLL_FORWARD_PUBLISH, () -> recover(dying));

        assertThat(recover(other))
                .isInstanceOfSatisfying(
                        RecoveryOutcome.Recovered.class,
                        recovered -> assertThat(recovered.writes())
                                .extracting(RecoveredWrite::ending)
                                .containsExactly(Ending.ALREADY_PUBLISHED));
        RecoveredGraphView view = RecoveredGraphView.of(new FolderLocation(root));
        assertThat(view.audit()).hasSize(1);
        assertThat(view.files()).doesNotContainKey("__recovery/" + InterruptedGraph.OPERATION + ".json");
    }

    @Test
    void aWriteWhoseTablesSomebodyElseMovedMeanwhileIsLeftForTheNextTimeWithTheLock() throws Exception {
        try (InterruptedGraph graph = new InterruptedGraph(folder)) {
            graph.pin(InterruptedGraph.PERSON, 2);
            graph.pin(InterruptedGraph.KNOWS, 2);
            graph.append(InterruptedGraph.PERSON, Optional.empty(), "Linus");
            graph.append(InterruptedGraph.KNOWS, Optional.empty(), "Ada-Linus");
            graph.sidecar(WriterKind.LOAD);
            graph.lock();
            FaultPoints other = once(FaultPoint.RECOVERY_BEFORE_ROLL_FORWARD_PUBLISH, () -> {
                graph.publish(Optional.empty(), InterruptedGraph.PERSON);
            });

            assertThat(recover(other)).isInstanceOfSatisfying(RecoveryOutcome.Recovered.class, recovered -> {
                assertThat(recovered.writes())
                        .extracting(RecoveredWrite::ending)
                        .containsExactly(Ending.DEFERRED);
                assertThat(recovered.isComplete()).isFalse();
                assertThat(recovered.lockCleared()).isFalse();
            });
            assertThat(graph.root().resolve("__recovery")).isNotEmptyDirectory();
        }
    }

    @Test
    void aDeferredMigrationKeepsItsStagedFiles() throws Exception {
        try (InterruptedGraph graph = new InterruptedGraph(folder)) {
            graph.pin(InterruptedGraph.PERSON, 2);
            graph.pin(InterruptedGraph.KNOWS, 2);
            graph.append(InterruptedGraph.PERSON, Optional.empty(), "Linus");
            graph.append(InterruptedGraph.KNOWS, Optional.empty(), "Ada-Linus");
            graph.sidecar(WriterKind.SCHEMA_APPLY);
            graph.staging().write(CompiledSchema.compile(InterruptedGraph.DESCRIBED));
            FaultPoints other = once(FaultPoint.RECOVERY_BEFORE_ROLL_FORWARD_PUBLISH, () -> {
                graph.publish(Optional.empty(), InterruptedGraph.PERSON);
            });

            assertThat(recover(other))
                    .isInstanceOfSatisfying(
                            RecoveryOutcome.Recovered.class,
                            recovered -> assertThat(recovered.schemaFiles()).isEqualTo(StagedSchema.KEPT));
            assertThat(graph.staging().present()).hasSize(3);
        }
    }

    private static FaultPoints once(FaultPoint at, Event event) {
        boolean[] happened = new boolean[1];
        return point -> {
            if (point == at && !happened[0]) {
                happened[0] = true;
                try {
                    event.happen();
                } catch (RuntimeException e) {
                    throw e;
                } catch (Exception e) {
                    throw new IllegalStateException(e);
                }
            }
        };
    }

    /** What somebody else does in the middle of a recovery. */
    private interface Event {
        void happen() throws Exception;
    }

    private static void stagePart(InterruptedGraph graph, String schema, int files) throws Exception {
        graph.staging().write(CompiledSchema.compile(schema));
        for (int file = files; file < GraphLayout.SCHEMA_FILES.size(); file++) {
            graph.texts().delete(GraphLayout.SCHEMA_FILES.get(file) + ".staging");
        }
    }
}
