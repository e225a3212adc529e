package dev.omnigraph.controlplane.app;

import static org.assertj.core.api.Assertions.assertThat;

import dev.omnigraph.controlplane.app.testing.Answer;
import dev.omnigraph.controlplane.app.testing.ApiClient;
import dev.omnigraph.controlplane.app.testing.HardDropCluster;
import dev.omnigraph.controlplane.app.testing.RunningService;
import dev.omnigraph.controlplane.app.testing.SampleCluster;
import dev.omnigraph.controlplane.json.JsonArray;
import dev.omnigraph.controlplane.json.JsonNull;
import dev.omnigraph.controlplane.json.JsonObject;
import dev.omnigraph.controlplane.json.JsonText;
import dev.omnigraph.controlplane.testing.Recordings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The way of a migration with drops over HTTP: planned, approved, carried out, on a recorded graph with rows. */
class HardDropsTest {

    private static final String[] WAIT = {"Prefer", "wait=60"};
    private static final String[] CAROL = {"Authorization", "Bearer carol"};

    @TempDir
    Path temporary;

    private Path folder;
    private RunningService service;
    private ApiClient client;

    @BeforeEach
    void aMigrationWithDrops() throws IOException {
        folder = temporary.toRealPath();
        HardDropCluster.in(folder);
        service = RunningService.over(folder, "--control-plane.lock.wait=0s");
        client = service.client();
        HardDropCluster.converge(folder, client);
    }

    @AfterEach
    void stop() {
        service.close();
    }

    @Test
    void anApprovalRemovesWhatTheEngineRemoves() throws IOException {
        Answer plan = client.post("/plan");
        JsonObject gate = HardDropCluster.gate(plan);
        assertThat(JsonText.compact(gate.get("erases").orElseThrow()))
                .contains("\"obstacle\":null", "drop property score of node type Person (hard)", "drop edge type Knows")
                .contains("the last version of a dropped type keeps its files");
        assertThat(plan.text("changes")).contains("\"mode\":\"soft\"");
        assertThat(client.post("/plan", "Accept", "text/plain").body())
                .contains("? schema.people  drops softly; an approval lets it remove data for good");

        Answer decided = HardDropCluster.approve(client, plan, gate, ", \"comment\": \"asked for by law\"");
        assertThat(decided.status()).as(decided.body()).isEqualTo(201);
        Answer after = client.post("/plan");
        assertThat(after.text("plan_digest")).isEqualTo(plan.text("plan_digest"));
        assertThat(after.text("changes")).contains("\"mode\":\"hard\"").doesNotContain("\"mode\":\"soft\"");

        Answer applied = client.post("/apply", WAIT);

        assertThat(applied.text("outcome")).as(applied.body()).isEqualTo("converged");
        Path engines = Recordings.path("golden-graphs/hard-dropped/graph.omni");
        for (Path dataset : datasets(engines)) {
            assertThat(HardDropCluster.versions(folder, dataset.toString()))
                    .as("%s", dataset)
                    .isEqualTo(HardDropCluster.versionFiles(engines.resolve(dataset)));
        }
        Answer used = client.get(decided.header("Location"));
        assertThat(used.text("state")).isEqualTo("consumed");
        assertThat(used.text("consumed_by_operation")).isEqualTo(used.text("reserved_for"));
        assertThat(folder.resolve("__control/cleanup")).isEmptyDirectory();
        assertThat(client.post("/plan").value("approvals_possible")).isEqualTo(new JsonArray(List.of()));
        assertThat(client.send("DELETE", decided.header("Location"), new byte[0], CAROL)
                        .text("code"))
                .isEqualTo("approval_consumed");
    }

    @Test
    void anApprovalThatIsNotForThisChangeBlocksIt() {
        Answer decided = HardDropCluster.approve(client, "");
        new SampleCluster(folder)
                .write("people.pg", HardDropCluster.schema("v3").replace("  mood: enum(happy, sad)?\n", ""));

        Answer blocked = client.post("/apply", WAIT);

        assertThat(blocked.text("outcome")).as(blocked.body()).isEqualTo("blocked");
        assertThat(blocked.text("result.changes")).contains("\"reason\":\"approval_stale\"");
        assertThat(blocked.text("result.diagnostics")).contains("approval_stale");
        assertThat(client.get(decided.header("Location")).text("state")).isEqualTo("stale");
        assertThat(client.send("DELETE", decided.header("Location"), new byte[0], CAROL)
                        .status())
                .isEqualTo(200);
        assertThat(client.post("/apply", WAIT).text("outcome")).isEqualTo("converged");
    }

    @Test
    void aRejectionBlocksThisPlanAndAnApprovalNamesWhatWasSeen() {
        Answer plan = client.post("/plan");
        JsonObject gate = HardDropCluster.gate(plan);
        Answer unseen = client.postJson(
                "/approvals",
                "{\"resource\": \"schema.people\", \"plan_digest\": \"" + plan.text("plan_digest") + "\"}",
                CAROL);
        assertThat(unseen.text("code")).isEqualTo("graph_moved");

        Answer rejected = HardDropCluster.approve(client, plan, gate, ", \"decision\": \"reject\"");

        assertThat(rejected.status()).isEqualTo(201);
        assertThat(rejected.value("erases")).isNotEqualTo(JsonNull.INSTANCE);
        assertThat(client.post("/plan").text("changes")).contains("approval_rejected");
        assertThat(client.post("/apply", WAIT).text("outcome")).isEqualTo("blocked");
    }

    /** Relative to the root of the graph. */
    private static List<Path> datasets(Path graph) throws IOException {
        try (Stream<Path> tree = Files.walk(graph, 2)) {
            return tree.filter(path -> Files.isDirectory(path.resolve("_versions")))
                    .map(graph::relativize)
                    .toList();
        }
    }
}
