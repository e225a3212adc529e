package dev.omnigraph.controlplane.lance;

import static org.assertj.core.api.Assertions.assertThat;

import dev.omnigraph.controlplane.graph.GraphObservation;
import dev.omnigraph.controlplane.graph.SchemaApplication;
import dev.omnigraph.controlplane.graph.SchemaChange;
import dev.omnigraph.controlplane.graph.TableObservation;
import dev.omnigraph.controlplane.language.schema.CompiledSchema;
import dev.omnigraph.controlplane.language.schema.TableDefinition;
import dev.omnigraph.controlplane.language.schema.migration.DropMode;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.apache.arrow.memory.RootAllocator;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.lance.Dataset;

/** Every kind of step, on tables with rows of every type (graph-format.md 7.3 and 7.5). */
class SchemaMigrationTest {

    private static final String EVERYTHING = "node:Everything";
    private static final int ROWS = 12;

    @TempDir
    Path folder;

    private TestCluster cluster;
    private Map<String, List<Map<String, String>>> before;

    @BeforeEach
    void createGraphWithRows() throws Exception {
        cluster = new TestCluster(folder);
        cluster.create("g", WideSchema.SOURCE);
        TestRows rows = new TestRows(cluster.location("g"));
        rows.load(EVERYTHING, ROWS);
        rows.load(EVERYTHING, ROWS);
        rows.load("node:Tag", ROWS);
        rows.load("edge:Mentions", ROWS);
        before = TableContents.of(cluster.location("g"));
    }

    @AfterEach
    void closeEngine() {
        cluster.close();
    }

    @Test
    void propertiesOfEveryTypeAreAdded() throws Exception {
        List<String> added = List.of(
                "a1: Blob?",
                "a2: Bool?",
                "a3: Date?",
                "a4: DateTime?",
                "a5: F32?",
                "a6: F64?",
                "a7: I32?",
                "a8: I64?",
                "a9: String?",
                "b1: U32?",
                "b2: U64?",
                "b3: Vector(5)?",
                "b4: [String]?",
                "b5: [DateTime]?",
                "b6: enum(x, y)?");
        String schema = WideSchema.SOURCE.replace("bool: Bool\n", "bool: Bool\n  " + String.join("\n  ", added) + "\n");

        migrate(schema);

        List<Map<String, String>> expected = copy(before.get(EVERYTHING));
        for (String property : added) {
            expected.forEach(row -> row.put(property.substring(0, 2), "null"));
        }
        assertTables(Map.of(EVERYTHING, expected));
    }

    @Test
    void propertiesOfEveryTypeAreRenamed() throws Exception {
        List<String> names = List.of(
                "blob",
                "blobMaybe",
                "bool",
                "dateMaybe",
                "dateTime",
                "datesMaybe",
                "f32",
                "f64Maybe",
                "flags",
                "i32",
                "i64Maybe",
                "kind",
                "numbers",
                "strings",
                "u32",
                "u64Maybe",
                "vector",
                "vectorMaybe");
        String schema = WideSchema.SOURCE;
        List<Map<String, String>> expected = copy(before.get(EVERYTHING));
        for (String name : names) {
            schema = schema.replaceFirst(
                    "(?m)^  " + name + ": (.*)$", "  z_" + name + ": $1 @rename_from(\"" + name + "\")");
            expected.forEach(row -> row.put("z_" + name, row.remove(name)));
        }

        migrate(schema);

        assertTables(Map.of(EVERYTHING, expected));
    }

    @Test
    void propertiesOfEveryTypeAreDroppedAndEarlierVersionsKeepThem() throws Exception {
        List<String> names = List.of("blobMaybe", "bool", "dates", "kindMaybe", "vector", "strings", "u64");
        String schema = WideSchema.SOURCE;
        List<Map<String, String>> expected = copy(before.get(EVERYTHING));
        for (String name : names) {
            schema = schema.replaceFirst("(?m)^  " + name + ": .*\n", "");
            expected.forEach(row -> row.remove(name));
        }
        long version = table(EVERYTHING).version();

        migrate(schema);

        assertTables(Map.of(EVERYTHING, expected));
        try (RootAllocator allocator = LanceRuntime.start();
                Dataset earlier = new LanceDatasets(allocator)
                        .open(cluster.location("g").resolve(WideSchema.EVERYTHING), version)) {
            assertThat(earlier.getSchema().findField("vector")).isNotNull();
            assertThat(earlier.countRows()).isEqualTo(2 * ROWS);
        }
    }

    @Test
    void typesAreRenamedWithTheirRows() throws Exception {
        String schema = WideSchema.SOURCE
                .replace("node Everything implements", "node Thing @rename_from(\"Everything\") implements")
                .replace("Note -> Everything", "Note -> Thing")
                .replace("edge Mentions:", "edge Names:")
                .replace("Note -> Thing {", "Note -> Thing @rename_from(\"Mentions\") {");
        TableObservation old = table(EVERYTHING);

        migrate(schema);

        Map<String, List<Map<String, String>>> after = TableContents.of(cluster.location("g"));
        assertThat(after).containsOnlyKeys("edge:Cites", "edge:Names", "node:Note", "node:Tag", "node:Thing");
        assertThat(TableContents.differences(after.get("node:Thing"), before.get(EVERYTHING)))
                .isEmpty();
        assertThat(after.get("edge:Names")).isEqualTo(before.get("edge:Mentions"));
        assertThat(table("node:Thing").version()).isEqualTo(1);
        try (RootAllocator allocator = LanceRuntime.start();
                Dataset left =
                        new LanceDatasets(allocator).open(cluster.location("g").resolve(old.path()))) {
            assertThat(left.version()).isEqualTo(old.version());
        }
    }

    @Test
    void aRenamedTypeChangesItsPropertiesInTheSameRewriting() throws Exception {
        String schema = WideSchema.SOURCE
                .replace(
                        "node Tag implements Named {", "node Label @rename_from(\"Tag\") implements Named {\n  n: I32?")
                .replace("  weight: F64?\n", "  heft: F64? @rename_from(\"weight\")\n")
                .replace("@range(weight", "@range(heft");

        migrate(schema);

        List<Map<String, String>> expected = copy(before.get("node:Tag"));
        expected.forEach(row -> row.put("heft", row.remove("weight")));
        expected.forEach(row -> row.put("n", "null"));
        assertThat(TableContents.of(cluster.location("g")).get("node:Label")).isEqualTo(expected);
    }

    @Test
    void typesAreAddedAndDropped() throws Exception {
        String schema = WideSchema.SOURCE
                        .replace("edge Cites: Note -> Note @card(0..3)", "")
                        .replaceFirst("(?s)node Tag .*?\\n}\\n", "")
                + "\nnode City { name: String @key  at: Vector(2)? }\nedge In: Note -> City";

        migrate(schema);

        assertThat(TableContents.of(cluster.location("g")))
                .containsOnlyKeys("edge:In", "edge:Mentions", "node:City", "node:Everything", "node:Note")
                .containsEntry("node:City", List.of())
                .containsEntry(EVERYTHING, before.get(EVERYTHING));
    }

    @Test
    void whatIsOnlyOfTheSchemaMovesNoTable() throws Exception {
        String schema = WideSchema.SOURCE
                .replace("node Note {", "node Note @description(\"a note\") {")
                .replace("text: String?", "text: String? @description(\"what it says\")\n  @index(text)")
                .replace("interface Named {", "interface Unused { one: I32? }\ninterface Named {");
        List<TableObservation> tables = observed().tables();
        long version = observed().manifestVersion();

        SchemaApplication.Applied applied = migrate(schema);

        assertThat(applied.plan().steps()).hasSize(4);
        assertThat(applied.manifestVersion()).isEqualTo(version + 1);
        assertThat(observed().tables()).isEqualTo(tables);
    }

    /** The types that implement an interface have steps of their own. */
    @Test
    void aPropertyOfAnInterfaceReachesTheTypesThatImplementIt() throws Exception {
        migrate(WideSchema.SOURCE.replace("interface Named {", "interface Named {\n  nick: String?"));

        List<Map<String, String>> everything = copy(before.get(EVERYTHING));
        everything.forEach(row -> row.put("nick", "null"));
        List<Map<String, String>> tags = copy(before.get("node:Tag"));
        tags.forEach(row -> row.put("nick", "null"));
        assertTables(Map.of(EVERYTHING, everything, "node:Tag", tags));
    }

    @Test
    void anEditWithoutStepsReplacesTheSource() throws Exception {
        List<TableObservation> tables = observed().tables();
        long version = observed().manifestVersion();

        SchemaApplication.Applied applied = migrate("// said better\n" + WideSchema.SOURCE);

        assertThat(applied.plan().steps()).isEmpty();
        assertThat(applied.manifestVersion()).isEqualTo(version + 1);
        assertThat(observed().tables()).isEqualTo(tables);
    }

    @Test
    void tablesWithoutRowsAreRewrittenToo() throws Exception {
        String schema = WideSchema.SOURCE
                .replace("text: String?", "text: String?\n  more: [I64]?")
                .replace("edge Cites:", "edge Quotes:")
                .replace("@card(0..3)", "@card(0..3) @rename_from(\"Cites\")");

        migrate(schema);

        assertThat(table("node:Note").version()).isEqualTo(2);
        assertThat(table("edge:Quotes").version()).isEqualTo(1);
    }

    @Test
    void rowsKeepTheirOrderOverFragmentsBatchesAndDeletions() throws Exception {
        TestRows rows = new TestRows(cluster.location("g"));
        for (int fragment = 0; fragment < 4; fragment++) {
            rows.load("node:Note", 7000);
        }
        rows.delete("node:Note", "text IS NULL");
        List<Map<String, String>> expected =
                copy(TableContents.of(cluster.location("g")).get("node:Note"));
        assertThat(expected).hasSizeBetween(15_000, 27_000);

        migrate(WideSchema.SOURCE.replace("text: String?", "text: String?\n  more: I32?"));

        expected.forEach(row -> row.put("more", "null"));
        assertThat(TableContents.of(cluster.location("g")).get("node:Note")).isEqualTo(expected);
        assertThat(table("node:Note").rows()).isEqualTo(expected.size());
    }

    @Test
    void theActorIsRecordedAndTheCallerIsToldHowFarItIs() throws Exception {
        RecordingJournal journal = new RecordingJournal();
        GraphObservation.Opened live = observed();
        SchemaChange change = new SchemaChange(
                WideSchema.SOURCE.replace("  boolMaybe: Bool?\n", ""),
                live.schemaDigest(),
                DropMode.HARD,
                Optional.of("ada"));

        SchemaApplication outcome = cluster.engine().applySchema(cluster.root("g"), change, journal);

        assertThat(outcome).isInstanceOf(SchemaApplication.Applied.class);
        long version = live.manifestVersion();
        assertThat(journal.entries())
                .containsExactly(
                        "locking " + version, "locked " + version, "writing", "publishing", "unlocked " + version);
        assertThat(journal.removals())
                .extracting(history -> history.key() + " from " + history.firstKept())
                .containsExactly(EVERYTHING + " from 4");
        assertThat(ManifestRecords.of(cluster.location("g")))
                .filteredOn(row -> row.objectId().equals(observed().headCommit()))
                .singleElement()
                .satisfies(row -> assertThat(row.metadata().orElseThrow()).contains("\"actor_id\":\"ada\""));
    }

    @Test
    void aSchemaThatIsThereAlreadyIsNotAppliedAgain() {
        GraphObservation.Opened live = observed();

        assertThat(cluster.apply("g", WideSchema.SOURCE, DropMode.SOFT, new RecordingJournal()))
                .isEqualTo(new SchemaApplication.AlreadyApplied(live.manifestVersion()));
        assertThat(observed()).isEqualTo(live);
    }

    @Test
    void aGraphThatWasPlannedFromAnotherSchemaIsLeftAlone() {
        GraphObservation.Opened live = observed();
        SchemaChange change = new SchemaChange(
                WideSchema.SOURCE + "node Other { name: String @key }",
                "0".repeat(64),
                DropMode.SOFT,
                Optional.empty());

        assertThat(cluster.engine().applySchema(cluster.root("g"), change, new RecordingJournal()))
                .isEqualTo(new SchemaApplication.Moved(live.schemaDigest()));
        assertThat(observed()).isEqualTo(live);
    }

    /** Migrates, and shows that the graph is whole afterwards. */
    private SchemaApplication.Applied migrate(String schema) throws Exception {
        SchemaApplication.Applied applied = cluster.migrate("g", schema, DropMode.SOFT);
        GraphObservation.Opened live = observed();
        assertThat(live.schemaSource()).isEqualTo(schema);
        assertThat(live.manifestVersion()).isEqualTo(applied.manifestVersion());
        assertThat(live.branches()).isEmpty();
        assertThat(cluster.files("g")).noneMatch(file -> file.endsWith(".staging") || file.startsWith("__recovery"));
        assertThat(live.tables())
                .extracting(TableObservation::key)
                .containsExactlyInAnyOrderElementsOf(CompiledSchema.compile(schema).tables().stream()
                        .map(TableDefinition::key)
                        .toList());
        for (TableDefinition table : CompiledSchema.compile(schema).tables()) {
            assertForm(table);
        }
        return applied;
    }

    private void assertForm(TableDefinition definition) throws Exception {
        TableObservation table = table(definition.key());
        try (RootAllocator allocator = LanceRuntime.start();
                Dataset dataset =
                        new LanceDatasets(allocator).open(cluster.location("g").resolve(table.path()))) {
            assertThat(dataset.version()).isEqualTo(table.version());
            assertThat(dataset.countRows()).isEqualTo(table.rows());
            assertThat(dataset.hasStableRowIds()).isTrue();
            assertThat(dataset.getLanceFileFormatVersion()).isEqualTo("2.2");
            assertThat(dataset.getSchema()).isEqualTo(GraphLayout.columns(definition));
            assertThat(dataset.getConfig()).isEmpty();
        }
    }

    /** The tables are what they were, but for those that are given. */
    private void assertTables(Map<String, List<Map<String, String>>> changed) throws Exception {
        Map<String, List<Map<String, String>>> expected = new TreeMap<>(before);
        expected.putAll(changed);
        Map<String, List<Map<String, String>>> found = TableContents.of(cluster.location("g"));
        assertThat(found).containsOnlyKeys(expected.keySet());
        found.forEach((key, rows) -> assertThat(TableContents.differences(rows, expected.get(key)))
                .as(key)
                .isEmpty());
    }

    private static List<Map<String, String>> copy(List<Map<String, String>> rows) {
        List<Map<String, String>> copies = new ArrayList<>();
        rows.forEach(row -> copies.add(new TreeMap<>(row)));
        return copies;
    }

    private GraphObservation.Opened observed() {
        return (GraphObservation.Opened) cluster.observe("g");
    }

    private TableObservation table(String key) {
        return observed().tables().stream()
                .filter(table -> table.key().equals(key))
                .findFirst()
                .orElseThrow();
    }
}
