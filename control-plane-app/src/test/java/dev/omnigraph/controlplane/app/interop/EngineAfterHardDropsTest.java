package dev.omnigraph.controlplane.app.interop;

import static org.assertj.core.api.Assertions.assertThat;

import dev.omnigraph.controlplane.app.testing.Answer;
import dev.omnigraph.controlplane.app.testing.ApiClient;
import dev.omnigraph.controlplane.app.testing.HardDropCluster;
import dev.omnigraph.controlplane.app.testing.RunningService;
import dev.omnigraph.controlplane.app.testing.SampleCluster;
import dev.omnigraph.controlplane.digest.Sha256;
import dev.omnigraph.controlplane.testing.EngineProgram;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** After drops for good, by this service or by the engine's own tool, the other goes on, and the data is not there any more. */
class EngineAfterHardDropsTest {

    private static final String[] WAIT = {"Prefer", "wait=60"};
    private static final String WITH_SECRETS = """
            node Person {
                name: String @key
                age: I32?
                secret: String?
            }
            edge Knows: Person -> Person {
                since: String?
            }
            """;
    private static final String WITHOUT_SECRETS = """
            node Person {
                name: String @key
                age: I32?
            }
            """;
    private static final String SECRET = "the-owls-are-not-what-they-seem";
    private static final String TYPE_DROPPED = "a-summer-long-ago";
    private static final String ROWS = """
            {"type": "Person", "data": {"name": "Ada", "age": 36, "secret": "%s"}}
            {"type": "Person", "data": {"name": "Grace"}}
            {"edge": "Knows", "from": "Ada", "to": "Grace", "data": {"since": "%s"}}
            """.formatted(SECRET, TYPE_DROPPED);
    private static final String NAMES = "query names() { match { $p: Person } return { $p.name } }";
    private static final Pattern COMMIT = Pattern.compile("\"graph_commit_id\": \"([^\"]+)\"");

    private final EngineProgram engine = EngineProgram.require();

    @TempDir
    Path temporary;

    private Path folder;
    private String graph;

    /** A graph of the engine's own, with rows, that a cluster has taken over. */
    @BeforeEach
    void aClusterWithRows() throws IOException {
        folder = Files.createDirectories(temporary.toRealPath().resolve("cluster"));
        graph = folder.resolve("graphs/people.omni").toString();
        SampleCluster.in(folder).write("people.pg", WITH_SECRETS).write("rows.jsonl", ROWS);
        run("init", "--schema", folder.resolve("people.pg").toString(), graph);
        run("load", "--data", folder.resolve("rows.jsonl").toString(), "--mode", "append", graph);
        try (RunningService service = RunningService.over(folder)) {
            assertThat(service.client().post("/import", WAIT).text("state")).isEqualTo("succeeded");
            assertThat(service.client().post("/apply", WAIT).text("outcome")).isEqualTo("converged");
        }
        assertThat(filesWith(SECRET)).isNotEmpty();
    }

    @Test
    void theEngineGoesOnAfterOursAndNoFormerVersionCanBeRead() throws IOException {
        String before = newestCommit();
        assertThat(run("query", "--store", graph, "--snapshot", before, "-e", NAMES, "--json"))
                .contains("Ada", "Grace");
        try (RunningService service = RunningService.over(folder)) {
            ApiClient client = service.client();
            new SampleCluster(folder).write("people.pg", WITHOUT_SECRETS);
            assertThat(HardDropCluster.approve(client, "").status()).isEqualTo(201);
            assertThat(client.post("/apply", WAIT).text("outcome")).isEqualTo("converged");
        }

        assertThat(filesWith(SECRET)).isEmpty();
        assertThat(filesWith(TYPE_DROPPED))
                .as("the last version of a dropped type keeps its files")
                .hasSize(1);
        EngineProgram.Run former =
                engine.run(temporary, "query", "--store", graph, "--snapshot", before, "-e", NAMES, "--json");
        assertThat(former.exit()).as(former.output()).isNotZero();
        assertThat(former.errors()).contains("was not found");
        assertThat(run("query", "--store", graph, "-e", NAMES, "--json")).contains("Ada", "Grace");
        assertThat(run("export", graph)).contains("Ada").doesNotContain(SECRET, TYPE_DROPPED);
        String more = write("more.jsonl", "{\"type\": \"Person\", \"data\": {\"name\": \"Mary\"}}\n");
        run("load", "--data", more, "--mode", "append", graph);
        migrate(WITHOUT_SECRETS + "node Next { k: String @key }\n");
        assertThat(run("query", "--store", graph, "-e", NAMES, "--json")).contains("Ada", "Grace", "Mary");
        assertThat(filesWith(SECRET)).isEmpty();
    }

    @Test
    void theEnginesOwnIsTakenOver() throws IOException {
        migrate(WITHOUT_SECRETS, "--allow-data-loss");
        assertThat(filesWith(SECRET)).isEmpty();

        try (RunningService service = RunningService.over(folder)) {
            ApiClient client = service.client();
            Answer moved = client.post("/refresh", WAIT);
            assertThat(moved.text("state")).as(moved.body()).isEqualTo("succeeded");
            assertThat(client.post("/plan").text("changes")).contains("schema.people");
            new SampleCluster(folder).write("people.pg", WITHOUT_SECRETS);
            Answer applied = client.post("/apply", WAIT);
            assertThat(applied.text("outcome")).as(applied.body()).isEqualTo("converged");
            Answer live = client.get("/graphs/people");
            assertThat(live.text("schema_digest")).isEqualTo(Sha256.hex(WITHOUT_SECRETS));
            assertThat(client.post("/plan").text("changes")).isEqualTo("[]");
            assertThat(client.get("/status").text("diagnostics")).isEqualTo("[]");
            new SampleCluster(folder).write("people.pg", WITHOUT_SECRETS + "node Next { k: String @key }\n");
            assertThat(client.post("/apply", WAIT).text("outcome")).isEqualTo("converged");
        }
        assertThat(run("query", "--store", graph, "-e", NAMES, "--json")).contains("Ada", "Grace");
    }

    private String newestCommit() {
        List<String> commits = COMMIT.matcher(run("commit", "list", graph, "--json"))
                .results()
                .map((MatchResult found) -> found.group(1))
                .toList();
        return commits.get(commits.size() - 1);
    }

    /** The files below the graph that hold these bytes. */
    private List<Path> filesWith(String text) throws IOException {
        try (Stream<Path> tree = Files.walk(Path.of(graph))) {
            return tree.filter(Files::isRegularFile)
                    .filter(file -> bytes(file).contains(text))
                    .toList();
        }
    }

    private static String bytes(Path file) {
        try {
            return new String(Files.readAllBytes(file), StandardCharsets.ISO_8859_1);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The tool migrates no graph inside a cluster, so that it is moved out of it meanwhile. */
    private void migrate(String schema, String... more) throws IOException {
        Path outside = temporary.resolve("outside.omni");
        Files.move(Path.of(graph), outside);
        List<String> command =
                new ArrayList<>(List.of("schema", "apply", "--schema", write("wanted.pg", schema), outside.toString()));
        command.addAll(List.of(more));
        run(command.toArray(String[]::new));
        Files.move(outside, Path.of(graph));
    }

    private String write(String name, String text) {
        new SampleCluster(folder).write(name, text);
        return folder.resolve(name).toString();
    }

    private String run(String... arguments) {
        EngineProgram.Run run = engine.run(temporary, arguments);
        assertThat(run.exit()).as("%s%n%s", run.output(), run.errors()).isZero();
        return run.output();
    }
}
