package dev.omnigraph.controlplane.lance;

import static org.assertj.core.api.Assertions.assertThat;

import dev.omnigraph.controlplane.graph.GraphObservation;
import dev.omnigraph.controlplane.json.JsonArray;
import dev.omnigraph.controlplane.json.JsonNumber;
import dev.omnigraph.controlplane.json.JsonObject;
import dev.omnigraph.controlplane.json.JsonReader;
import dev.omnigraph.controlplane.language.schema.migration.DropMode;
import dev.omnigraph.controlplane.testing.EngineProgram;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** The engine itself sees no difference between our migrations and its own, and goes on with graphs after ours. */
class EngineMigrationTest {

    private static final String SCHEMA = """
            node Person {
              name: String @key
              age: I32?
              big: U64?
              pic: Blob?
              tags: [String]?
              vec: Vector(3)?
              seen: DateTime?
              born: Date?
              mood: enum(happy, sad)?
              score: F64?
            }

            node Company {
              name: String @key
              title: String?
            }

            node Place {
              name: String @key
            }

            edge WorksAt: Person -> Company {
              since: Date?
              role: String?
            }
            """;

    private static final int PACKED_BLOB = 100_000;

    private static final String ROWS = """
            {"type": "Person", "data": {"name": "Ada", "age": 36, "big": 7, "pic": "base64:aGVsbG8=", "tags": ["a", "b"], \
            "vec": [1, 2.5, 3], "seen": "2026-01-02T03:04:05", "born": "1815-12-10", "mood": "happy", "score": 0.1}}
            {"type": "Person", "data": {"name": "Grace"}}
            {"type": "Person", "data": {"name": "Zo\u00eb \u2713", "pic": "base64:%s", "tags": []}}
            {"type": "Company", "data": {"name": "Navy", "title": "x"}}
            {"edge": "WorksAt", "from": "Grace", "to": "Navy", "data": {"role": "admiral", "since": "1943-12-01"}}
            """.formatted(Base64.getEncoder().encodeToString(new byte[PACKED_BLOB]));

    private static final String MORE_ROWS = """
            {"type": "Person", "data": {"name": "Mary"}}
            """;

    private final EngineProgram engine = EngineProgram.require();

    @TempDir
    Path folder;

    @BeforeEach
    void createTwoEqualGraphs() throws Exception {
        Path engines = folder.resolve("graphs/engines.omni");
        run("init", "--schema", write("v1.pg", SCHEMA), engines.toString());
        run("load", "--data", write("rows.jsonl", ROWS), "--mode", "append", engines.toString());
        TestFolders.copyGraph(engines, folder.resolve("graphs/ours.omni"));
    }

    static Stream<Arguments> migrations() {
        return Stream.of(
                Arguments.of("add property", DropMode.SOFT, SCHEMA.replace("age: I32?", "age: I32?\n  more: [F64]?")),
                Arguments.of(
                        "add blob", DropMode.SOFT, SCHEMA.replace("title: String?", "title: String?\n  logo: Blob?")),
                Arguments.of(
                        "rename property",
                        DropMode.SOFT,
                        SCHEMA.replace("pic: Blob?", "image: Blob? @rename_from(\"pic\")")
                                .replace("vec: Vector(3)?", "vector: Vector(3)? @rename_from(\"vec\")")),
                Arguments.of("drop property", DropMode.SOFT, SCHEMA.replace("  tags: [String]?\n", "")),
                Arguments.of("drop property for good", DropMode.HARD, SCHEMA.replace("  pic: Blob?\n", "")),
                Arguments.of(
                        "rename node",
                        DropMode.SOFT,
                        SCHEMA.replace("node Person {", "node Human @rename_from(\"Person\") {")
                                .replace("Person -> Company", "Human -> Company")),
                Arguments.of(
                        "rename edge",
                        DropMode.SOFT,
                        SCHEMA.replace(
                                "edge WorksAt: Person -> Company {",
                                "edge Serves: Person -> Company @rename_from(\"WorksAt\") {")),
                Arguments.of(
                        "rename and rewrite at once",
                        DropMode.SOFT,
                        SCHEMA.replace("node Person {", "node Human @rename_from(\"Person\") {\n  more: I64?")
                                .replace("Person -> Company", "Human -> Company")
                                .replace("  age: I32?\n", "")
                                .replace("pic: Blob?", "image: Blob? @rename_from(\"pic\")")),
                Arguments.of(
                        "add types",
                        DropMode.SOFT,
                        SCHEMA + "node Tag { label: String @key  pic: Blob? }\nedge Tagged: Person -> Tag\n"),
                Arguments.of("drop type", DropMode.SOFT, SCHEMA.replace("node Place {\n  name: String @key\n}\n", "")),
                Arguments.of(
                        "drop edge type for good", DropMode.HARD, SCHEMA.substring(0, SCHEMA.indexOf("edge WorksAt"))),
                Arguments.of("add index", DropMode.SOFT, SCHEMA.replace("age: I32?", "age: I32? @index")),
                Arguments.of(
                        "describe",
                        DropMode.SOFT,
                        SCHEMA.replace("node Place {", "node Place @description(\"where\") {")
                                .replace("age: I32?", "age: I32? @description(\"in years\")")));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("migrations")
    void theEngineSeesWhatItsOwnMigrationGives(String name, DropMode mode, String desired) throws Exception {
        String schema = write("desired.pg", desired);
        try (TestCluster cluster = new TestCluster(folder)) {
            List<String> apply = new ArrayList<>(List.of("schema", "apply", "--schema", schema));
            if (mode == DropMode.HARD) {
                apply.add("--allow-data-loss");
            }
            apply.add(cluster.path("engines").toString());
            run(apply.toArray(new String[0]));

            cluster.migrate("ours", desired, mode);

            String ours = cluster.path("ours").toString();
            assertThat(manifest(cluster, "ours")).containsExactlyInAnyOrderElementsOf(manifest(cluster, "engines"));
            assertThat(DatasetFiles.names(cluster.path("ours"))).isEqualTo(DatasetFiles.names(cluster.path("engines")));
            assertThat(tableFiles(cluster, "ours")).isEqualTo(tableFiles(cluster, "engines"));
            assertThat(exported(ours))
                    .isEqualTo(exported(cluster.path("engines").toString()));
            assertThat(number(run("schema", "plan", "--schema", schema, ours, "--json"), "step_count"))
                    .isEqualTo("0");
            theEngineGoesOn(ours, desired);
            assertThat(cluster.observe("ours")).isInstanceOf(GraphObservation.Opened.class);
        }
    }

    private void theEngineGoesOn(String graph, String schema) throws Exception {
        String person = schema.contains("node Human") ? "Human" : "Person";
        String rows = write("more.jsonl", MORE_ROWS.replace("Person", person));
        run("load", "--data", rows, "--mode", "append", graph);
        String query = "query people() { match { $p: " + person + " } return { $p.name as name } }";
        JsonObject answer = (JsonObject) JsonReader.read(run("query", "--store", graph, "-e", query, "--json"));
        assertThat(((JsonArray) answer.get("rows").orElseThrow()).elements()).hasSize(4);
        run("optimize", graph);
        run("schema", "apply", "--schema", write("next.pg", schema + "node Next { name: String @key }\n"), graph);
    }

    /** The datasets of all tables, decoded: versions, transactions, and which files there are. */
    private static List<Map<String, List<String>>> tableFiles(TestCluster cluster, String graph) throws Exception {
        List<Map<String, List<String>>> files = new ArrayList<>();
        for (String kind : List.of("nodes", "edges")) {
            files.add(DatasetFiles.below(cluster.path(graph).resolve(kind)));
        }
        return files;
    }

    private List<String> exported(String graph) {
        return run("export", graph).lines().sorted().toList();
    }

    private static List<String> manifest(TestCluster cluster, String graph) throws Exception {
        Path root = cluster.path(graph);
        // Both hold what was written before they were two, at the place where it was.
        String first = cluster.path("engines").toString().substring(1);
        return ManifestRecords.normalised(ManifestRecords.of(new FolderLocation(root)), root.toString()).stream()
                .map(row -> row.replace(first, "ROOT"))
                .toList();
    }

    private String write(String name, String text) throws Exception {
        return Files.writeString(folder.resolve(name), text).toString();
    }

    private String run(String... arguments) {
        EngineProgram.Run run = engine.run(folder, arguments);
        assertThat(run.exit()).as("%s%n%s", run.output(), run.errors()).isZero();
        return run.output();
    }

    private static String number(String json, String member) throws Exception {
        return ((JsonNumber) ((JsonObject) JsonReader.read(json)).get(member).orElseThrow()).text();
    }
}
