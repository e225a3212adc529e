package dev.omnigraph.controlplane.app.testing;

import static org.assertj.core.api.Assertions.assertThat;

import dev.omnigraph.controlplane.json.JsonArray;
import dev.omnigraph.controlplane.json.JsonObject;
import dev.omnigraph.controlplane.json.JsonString;
import dev.omnigraph.controlplane.testing.FileTrees;
import dev.omnigraph.controlplane.testing.Recordings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/**
 * The recorded graph with rows below a service, up to the migration whose drops the recording makes hard: a property of
 * people and the edges between them.
 */
public final class HardDropCluster {

    /** The folder of the table that loses a property. */
    public static final String PERSON = "nodes/40d76f1f51639ec0";
    /** The folder of the table that is dropped. */
    public static final String KNOWS = "edges/602a25a3bd0b455b";

    private static final String[] WAIT = {"Prefer", "wait=60"};

    private HardDropCluster() {}

    /** The graph as it was loaded, in the folder of a cluster that does not know it yet. */
    public static void in(Path folder) throws IOException {
        FileTrees.copy(Recordings.path("golden-graphs/loaded/graph.omni"), graph(folder));
        SampleCluster.in(folder).write("people.pg", schema("v1"));
    }

    /** Takes the graph over, makes its first migration, and declares the second. */
    public static void converge(Path folder, ApiClient client) {
        assertThat(client.post("/import", WAIT).text("state")).isEqualTo("succeeded");
        assertThat(client.post("/apply", WAIT).text("outcome")).isEqualTo("converged");
        new SampleCluster(folder).write("people.pg", schema("v2"));
        assertThat(client.post("/apply", WAIT).text("outcome")).isEqualTo("converged");
        new SampleCluster(folder).write("people.pg", schema("v3"));
    }

    /**
     * Approves the drops as a plan shows them now.
     *
     * @param more further members of the request, each after a comma
     */
    public static Answer approve(ApiClient client, String more) {
        Answer plan = client.post("/plan");
        return approve(client, plan, gate(plan), more);
    }

    /** Approves the drops as a plan showed them. */
    public static Answer approve(ApiClient client, Answer plan, JsonObject gate, String more) {
        String seen = ((JsonString) gate.get("seen").orElseThrow()).value();
        return client.postJson(
                "/approvals",
                "{\"resource\": \"schema.people\", \"plan_digest\": \"" + plan.text("plan_digest") + "\", \"seen\": \""
                        + seen + "\"" + more + "}",
                "Authorization",
                "Bearer carol");
    }

    /** The one change of a plan that can be approved. */
    public static JsonObject gate(Answer plan) {
        return (JsonObject)
                ((JsonArray) plan.value("approvals_possible")).elements().get(0);
    }

    public static String schema(String version) {
        return Recordings.text("golden-graphs/hard-dropped/" + version + ".pg");
    }

    /** Where the graph lies. */
    public static Path graph(Path folder) {
        return folder.resolve("graphs/people.omni");
    }

    /** The version files of a table. */
    public static List<String> versions(Path folder, String table) throws IOException {
        return versionFiles(graph(folder).resolve(table));
    }

    /** The version files of a dataset. */
    public static List<String> versionFiles(Path dataset) throws IOException {
        try (Stream<Path> files = Files.list(dataset.resolve("_versions"))) {
            return files.map(file -> file.getFileName().toString())
                    .filter(name -> name.endsWith(".manifest"))
                    .sorted()
                    .toList();
        }
    }
}
