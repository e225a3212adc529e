package dev.omnigraph.controlplane.lance;

import static org.assertj.core.api.Assertions.assertThat;

import dev.omnigraph.controlplane.graph.BranchHeads;
import dev.omnigraph.controlplane.graph.GraphObservation;
import dev.omnigraph.controlplane.json.JsonArray;
import dev.omnigraph.controlplane.json.JsonNumber;
import dev.omnigraph.controlplane.json.JsonObject;
import dev.omnigraph.controlplane.json.JsonReader;
import dev.omnigraph.controlplane.testing.EngineProgram;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.SortedMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Our graphs in the hands of the engine itself, and its graphs in ours. */
class EngineInteropTest {

    private static final String SCHEMA = """
            node Person {
              name: String @key
              email: String? @unique
              age: I32?
            }

            node Company {
              name: String @key
              founded: Date?
            }

            edge WorksAt: Person -> Company {
              title: String?
            }
            """;

    private static final String ROWS = """
            {"type": "Person", "data": {"name": "Ada", "email": "ada@example.org", "age": 36}}
            {"type": "Person", "data": {"name": "Grace"}}
            {"type": "Company", "data": {"name": "Navy", "founded": "1775-10-13"}}
            {"edge": "WorksAt", "from": "Grace", "to": "Navy", "data": {"title": "admiral"}}
            """;

    private static final String QUERY =
            "query employers() { match { $p: Person $p worksAt $c } return { $p.name as who, $c.name as company } }";

    private final EngineProgram engine = EngineProgram.require();

    @TempDir
    Path folder;

    @Test
    void theEngineUsesAGraphThatWasCreatedHere() throws Exception {
        Path schema = Files.writeString(folder.resolve("schema.pg"), SCHEMA);
        Path rows = Files.writeString(folder.resolve("rows.jsonl"), ROWS);
        try (TestCluster cluster = new TestCluster(folder)) {
            cluster.create("people", SCHEMA);
            String graph = cluster.root("people").location();

            assertThat(number(run("snapshot", graph, "--json"), "manifest_version"))
                    .isEqualTo("3");
            assertThat(number(run("schema", "plan", "--schema", schema.toString(), graph, "--json"), "step_count"))
                    .isEqualTo("0");

            run("load", "--data", rows.toString(), "--mode", "append", graph);
            assertThat(array(run("query", "--store", graph, "-e", QUERY, "--json"), "rows"))
                    .isEqualTo(JsonReader.read("[{\"who\":\"Grace\",\"company\":\"Navy\"}]"));
            assertThat(array(run("commit", "list", graph, "--json"), "commits").elements())
                    .hasSize(2);

            assertThat(cluster.observe("people")).isInstanceOfSatisfying(GraphObservation.Opened.class, opened -> {
                assertThat(opened.manifestVersion()).isEqualTo(4);
                assertThat(opened.tables())
                        .extracting(table -> table.key() + " has " + table.rows())
                        .containsExactly("edge:WorksAt has 1", "node:Company has 1", "node:Person has 2");
            });
        }
    }

    /** More types, and a path with more characters in it, than any recording has. */
    @Test
    void theEngineCreatesTheSameGraphFileByFileAndRowByRow() throws Exception {
        Path root = Files.createDirectories(folder.resolve("a path#with %20 and \u00fc?"));
        Path schema = Files.writeString(folder.resolve("schema.pg"), WideSchema.SOURCE);
        try (TestCluster cluster = new TestCluster(root)) {
            assertThat(cluster.create("ours", WideSchema.SOURCE)).isEqualTo(TestCluster.CREATED);
            run("init", "--schema", schema.toString(), cluster.root("engines").location());

            assertThat(DatasetFiles.below(cluster.path("ours"))).isEqualTo(DatasetFiles.below(cluster.path("engines")));
            assertThat(normalised(cluster.path("ours")))
                    .hasSize(12)
                    .containsExactlyInAnyOrderElementsOf(normalised(cluster.path("engines")));
        }
    }

    @Test
    void theEngineEvolvesAGraphThatWasCreatedHereAndItStillOpens() throws Exception {
        String wider =
                SCHEMA.replace("age: I32?", "age: I32?\n  nick: String?") + "\nnode Team { name: String @key }\n";
        Path schema = Files.writeString(folder.resolve("wider.pg"), wider);
        try (TestCluster cluster = new TestCluster(folder)) {
            cluster.create("people", SCHEMA);
            String graph = cluster.root("people").location();

            run("schema", "apply", "--schema", schema.toString(), graph);
            run("branch", "create", "review", "--uri", graph);
            run("optimize", graph);

            assertThat(cluster.observe("people")).isInstanceOfSatisfying(GraphObservation.Opened.class, opened -> {
                assertThat(opened.schemaSource()).isEqualTo(wider);
                assertThat(opened.branches()).containsExactly("review");
                assertThat(opened.tables()).hasSize(4);
            });
        }
    }

    @Test
    void eachBranchHasItsOwnNewestCommit() throws Exception {
        Path rows = Files.writeString(folder.resolve("rows.jsonl"), ROWS);
        try (TestCluster cluster = new TestCluster(folder)) {
            cluster.create("people", SCHEMA);
            String graph = cluster.root("people").location();
            run("branch", "create", "feat/x", "--uri", graph);
            SortedMap<String, String> fresh = heads(cluster);

            run("load", "--data", rows.toString(), "--mode", "append", "--branch", "feat/x", graph);
            SortedMap<String, String> afterBranch = heads(cluster);
            run("load", "--data", rows.toString(), "--mode", "append", graph);
            SortedMap<String, String> afterMain = heads(cluster);

            assertThat(fresh).containsOnlyKeys("feat/x", "main");
            assertThat(fresh.get("feat/x")).isEqualTo(fresh.get("main"));
            assertThat(afterBranch.get("main")).isEqualTo(fresh.get("main"));
            assertThat(afterBranch.get("feat/x")).isNotEqualTo(fresh.get("feat/x"));
            assertThat(afterMain.get("main")).isNotEqualTo(fresh.get("main"));
            assertThat(afterMain.get("feat/x")).isEqualTo(afterBranch.get("feat/x"));
        }
    }

    private static SortedMap<String, String> heads(TestCluster cluster) {
        BranchHeads heads = cluster.engine().heads(cluster.root("people"));
        assertThat(heads).isInstanceOf(BranchHeads.Read.class);
        return ((BranchHeads.Read) heads).commits();
    }

    private static List<String> normalised(Path root) throws Exception {
        return ManifestRecords.normalised(ManifestRecords.of(new FolderLocation(root)), root.toString());
    }

    private String run(String... arguments) {
        EngineProgram.Run run = engine.run(folder, arguments);
        assertThat(run.exit()).as("%s%n%s", run.output(), run.errors()).isZero();
        return run.output();
    }

    private static String number(String json, String member) throws Exception {
        return ((JsonNumber) member(json, member)).text();
    }

    private static JsonArray array(String json, String member) throws Exception {
        return (JsonArray) member(json, member);
    }

    private static Object member(String json, String member) throws Exception {
        return ((JsonObject) JsonReader.read(json)).get(member).orElseThrow();
    }
}
