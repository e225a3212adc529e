package dev.omnigraph.controlplane.lance;

import static org.assertj.core.api.Assertions.assertThat;

import dev.omnigraph.controlplane.fault.FaultPoints;
import dev.omnigraph.controlplane.graph.GraphObservation;
import dev.omnigraph.controlplane.graph.SchemaApplication;
import dev.omnigraph.controlplane.graph.SchemaLock;
import dev.omnigraph.controlplane.graph.SchemaPreview;
import dev.omnigraph.controlplane.language.schema.migration.DropMode;
import dev.omnigraph.controlplane.storage.StoreCall;
import dev.omnigraph.controlplane.storage.folder.FolderObjectStore;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Optional;
import org.apache.arrow.memory.RootAllocator;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.lance.Dataset;
import org.lance.Ref;

/** What is not migrated is refused before anything moves, by a preview and by an apply alike (graph-format.md 7.6). */
class MigrationRefusalTest {

    private static final String SCHEMA =
            "node A { name: String @key  age: I32?  size: I32? } node B { name: String @key }";

    @TempDir
    Path folder;

    private TestCluster cluster;

    @BeforeEach
    void createGraph() {
        cluster = new TestCluster(folder);
        cluster.create("g", SCHEMA);
    }

    @AfterEach
    void closeEngine() {
        cluster.close();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            node A { name: String @key  age: I64?  size: I32? } node B { name: String @key }          | SOFT | [OG-MF-106] changing property type
            node A { name: String @key  age: I32?  size: I32?  must: I32 } node B { name: String @key } | SOFT | [OG-MF-103]
            node A { name: String  age: I32?  size: I32? } node B { name: String @key }               | SOFT | constraints cannot be taken away
            node A { name String }                                                                    | SOFT | does not compile
            node A { name: String @key  age: I32?  size: I32? } node B { name: String @key } edge E: A -> C | SOFT | does not compile
            node A { name: String @key  age: I32?  size: I32? } node B { name: String @key } node C @rename_from("A") { name: String @key  age: I32?  size: I32? } | SOFT | C is to be renamed from A, which the desired schema still declares
            node C @rename_from("A") { name: String @key  age: I32?  size: I32? } node D @rename_from("A") { name: String @key  age: I32?  size: I32? } node B { name: String @key } | SOFT | C and D are both to be renamed from A
            node C @rename_from("A") { name: String @key  age: I32? } node B { name: String @key }    | HARD | drop the property first and rename the type afterwards
            node C @rename_from("Nobody") { name: String @key }                                       | SOFT | is to be renamed from 'Nobody'
            """)
    void schemasThatNoMigrationLeadsTo(String schema, DropMode mode, String reason) {
        assertRefused(schema, mode, reason);
    }

    @Test
    void aSoftDropMayGoWithARename() {
        cluster.migrate("g", "node C @rename_from(\"A\") { name: String @key  age: I32? }", DropMode.SOFT);
    }

    @Test
    void branchesKeepTheOldTables() throws Exception {
        branch("review", 3);
        branch("draft/one", 3);

        assertRefused(
                SCHEMA + "node C { name: String @key }",
                DropMode.SOFT,
                "a schema apply requires a graph with only main, and this one also has the branches draft/one, review");
    }

    @Test
    void namesThatTheGraphHadBeforeAreNotUsedAgain() {
        cluster.migrate("g", "node A { name: String @key  age: I32?  size: I32? }", DropMode.SOFT);

        assertRefused(SCHEMA, DropMode.SOFT, "the graph had a table node:B before");
        assertRefused(
                "node B @rename_from(\"A\") { name: String @key  age: I32?  size: I32? }",
                DropMode.SOFT,
                "the graph had a table node:B before");
    }

    @Test
    void aTableThatIsAheadOfTheGraphIsNotWritten() throws Exception {
        String path =
                ((GraphObservation.Opened) cluster.observe("g")).tables().get(0).path();
        new TestRows(cluster.location("g")).append(path, 3);

        assertRefused(
                SCHEMA.replace("age: I32?", "age: I32?  more: I32?"),
                DropMode.SOFT,
                "the newest version of the table node:A is 2, but the graph has version 1");
        cluster.migrate("g", SCHEMA.replace("} node B {", "} node B { more: I32? "), DropMode.SOFT);
    }

    @Test
    void aTableThatTheManifestLostIsNotGuessed() throws Exception {
        Path root = cluster.path("g");
        Path other = cluster.path("other");
        cluster.create("other", "node A { name: String @key  age: I32?  size: I32? }");
        TestFolders.delete(root.resolve(GraphLayout.MANIFEST));
        Files.move(other.resolve(GraphLayout.MANIFEST), root.resolve(GraphLayout.MANIFEST));

        assertRefused(
                SCHEMA.replace("node B {", "node B { more: I32? "),
                DropMode.SOFT,
                "the schema of the graph has node:B, and its manifest shows no such table");
    }

    /** Lance would end the whole process. */
    @Test
    void aColumnThatTheTableDoesNotHaveIsNotRead() throws Exception {
        String richer = SCHEMA.replace("age: I32?", "age: I32?  more: I32?");
        cluster.create("other", richer);
        for (String file : GraphLayout.SCHEMA_FILES) {
            Files.copy(
                    cluster.path("other").resolve(file),
                    cluster.path("g").resolve(file),
                    StandardCopyOption.REPLACE_EXISTING);
        }

        assertRefused(
                richer.replace("age: I32?", "age: I32?  evenMore: I32?"),
                DropMode.SOFT,
                "says that the table node:A has a column more, and it has none");
        assertThat(cluster.preview("g", SCHEMA, DropMode.SOFT)).isInstanceOf(SchemaPreview.Previewed.class);
    }

    @ParameterizedTest
    @CsvSource({"GET, _schema.pg", "GET, __schema_state.json", "EXISTS, g.omni"})
    void aStorageThatDoesNotAnswerRefusesNothing(StoreCall call, String name) {
        UncertainStore store = new UncertainStore(new FolderObjectStore(folder), call, name);
        try (TestCluster unsure = new TestCluster(folder, store, FaultPoints.NONE)) {
            assertThat(unsure.preview("g", SCHEMA, DropMode.SOFT)).isInstanceOf(SchemaPreview.Unknown.class);
            assertThat(unsure.applyFrom(SCHEMA, "g", SCHEMA + "// more", DropMode.SOFT, new RecordingJournal()))
                    .isInstanceOf(SchemaApplication.Unknown.class);
        }
    }

    @Test
    void theLockOfAnotherProgramIsRespected() throws Exception {
        branch(GraphLayout.LOCK_BRANCH, 3);
        String desired = SCHEMA + "node C { name: String @key }";

        assertThat(cluster.preview("g", desired, DropMode.SOFT))
                .isInstanceOfSatisfying(
                        SchemaPreview.Refused.class,
                        refused -> assertThat(refused.reason())
                                .contains("a schema apply of another program holds the graph since 20")
                                .contains("for 0 minutes")
                                .contains("delete the branch __schema_apply_lock__"));
        assertThat(cluster.apply("g", desired, DropMode.SOFT, new RecordingJournal()))
                .isInstanceOf(SchemaApplication.Refused.class);
        assertThat(((GraphObservation.Opened) cluster.observe("g")).branches())
                .containsExactly(GraphLayout.LOCK_BRANCH);
    }

    @Test
    void aLockThatAnApplyOfOursLeftKeepsNobodyOut() throws Exception {
        String desired = SCHEMA + "node C { name: String @key }";
        RecordingJournal journal = new RecordingJournal();
        branch(GraphLayout.LOCK_BRANCH, 3);
        journal.locking(3);
        journal.locked(lock());

        assertThat(cluster.preview("g", desired, DropMode.SOFT, journal)).isInstanceOf(SchemaPreview.Previewed.class);
        assertThat(cluster.apply("g", desired, DropMode.SOFT, journal)).isInstanceOf(SchemaApplication.Applied.class);
        assertThat(((GraphObservation.Opened) cluster.observe("g")).branches()).isEmpty();
    }

    private SchemaLock lock() throws Exception {
        try (RootAllocator allocator = LanceRuntime.start();
                DurableTree durable = new DurableTree()) {
            Optional<SchemaLock> lock = new LockBranch(new LanceDatasets(allocator), durable)
                    .find(cluster.location("g").resolve(GraphLayout.MANIFEST));
            return lock.orElseThrow();
        }
    }

    private void branch(String name, long version) throws Exception {
        DatasetLocation manifest = cluster.location("g").resolve(GraphLayout.MANIFEST);
        try (RootAllocator allocator = LanceRuntime.start();
                Dataset dataset = new LanceDatasets(allocator).open(manifest)) {
            dataset.createBranch(name, Ref.ofMain(version)).close();
        }
    }

    private void assertRefused(String schema, DropMode mode, String reason) {
        GraphObservation before = cluster.observe("g");

        assertThat(cluster.preview("g", schema, mode))
                .isInstanceOfSatisfying(
                        SchemaPreview.Refused.class,
                        refused -> assertThat(refused.reason()).contains(reason));
        assertThat(cluster.apply("g", schema, mode, new RecordingJournal()))
                .isInstanceOfSatisfying(
                        SchemaApplication.Refused.class,
                        refused -> assertThat(refused.reason()).contains(reason));
        assertThat(cluster.observe("g")).isEqualTo(before);
        assertThat(cluster.files("g")).noneMatch(file -> file.startsWith(GraphLayout.RECOVERY));
    }
}
