package dev.omnigraph.controlplane.app.crash;

import static org.assertj.core.api.Assertions.assertThat;

import dev.omnigraph.controlplane.app.testing.Answer;
import dev.omnigraph.controlplane.app.testing.ApiClient;
import dev.omnigraph.controlplane.app.testing.CopiedDeaths;
import dev.omnigraph.controlplane.app.testing.Passing;
import dev.omnigraph.controlplane.app.testing.RunningService;
import dev.omnigraph.controlplane.app.testing.SampleCluster;
import dev.omnigraph.controlplane.app.testing.ServiceProcess;
import dev.omnigraph.controlplane.digest.Sha256;
import dev.omnigraph.controlplane.fault.FaultPoint;
import dev.omnigraph.controlplane.testing.FileTrees;
import dev.omnigraph.controlplane.testing.Recordings;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * The service dies at each point of a schema apply on a graph with rows; afterwards the cluster converges without a person
 * having to guess, and no row is lost.
 */
class HaltedSchemaApplyTest {

    private static final String WAIT = "wait=60";
    private static final String POINTS =
            "CLUSTER_APPLY_.*_SCHEMA_APPLY|SCHEMA_APPLY_.*|GRAPH_PUBLISH_.*|RECOVERY_SIDECAR_.*";
    private static final String WANTED = Recordings.text("golden-graphs/loaded/v2.pg");

    @TempDir
    static Path temporary;

    private static Path folder;
    private static CopiedDeaths deaths;
    private static String rowsBefore;

    @BeforeAll
    static void aMigrationWithItsDeaths() throws IOException {
        folder = temporary.toRealPath().resolve("cluster");
        FileTrees.copy(Recordings.path("golden-graphs/loaded/graph.omni"), folder.resolve("graphs/people.omni"));
        SampleCluster.in(folder).write("people.pg", Recordings.text("golden-graphs/loaded/v1.pg"));
        try (RunningService service = RunningService.over(folder, CopiedDeaths.HEARTBEAT)) {
            assertThat(service.client().post("/import", "Prefer", WAIT).text("state"))
                    .isEqualTo("succeeded");
            assertThat(service.client().post("/apply", "Prefer", WAIT).text("outcome"))
                    .isEqualTo("converged");
            rowsBefore = rows(service.client());
        }
        new SampleCluster(folder).write("people.pg", WANTED);
        FileTrees.copy(folder, temporary.resolve("planned"));
        deaths = new CopiedDeaths(
                folder, temporary.resolve("deaths"), point -> point.name().matches(POINTS));
        deaths.whileServing(
                client -> assertThat(client.post("/apply", "Prefer", WAIT).text("outcome"))
                        .isEqualTo("converged"));
    }

    @ParameterizedTest
    @EnumSource(value = FaultPoint.class, mode = EnumSource.Mode.MATCH_ANY, names = POINTS)
    void theNextApplyConverges(FaultPoint point) throws IOException {
        deaths.leave(point);
        theNextApplyConverges();
    }

    @Test
    void theNextApplyConvergesAfterTheDeathOfAProcess() throws IOException {
        FileTrees.replace(folder, temporary.resolve("planned"));
        ServiceProcess.haltAt(
                new Passing(FaultPoint.SCHEMA_APPLY_AFTER_MANIFEST_COMMIT, 1),
                folder,
                client -> client.post("/apply", "Prefer", WAIT),
                CopiedDeaths.HEARTBEAT);
        theNextApplyConverges();
    }

    private static void theNextApplyConverges() {
        try (RunningService service = RunningService.over(folder, CopiedDeaths.HEARTBEAT)) {
            ApiClient client = service.client();
            Answer status = client.get("/status");
            assertThat(status.text("diagnostics")).contains("cluster_recovery_pending");
            assertThat(client.get("/operations").text("operations")).contains("\"state\":\"interrupted\"");
            assertThat(status.text("state_observations.locked"))
                    .as("the lock of its dead process is taken back")
                    .isEqualTo("false");

            Answer applied = client.post("/apply", "Prefer", WAIT);

            assertThat(applied.text("outcome")).as(applied.body()).isEqualTo("converged");
            Answer graph = client.get("/graphs/people");
            assertThat(graph.text("schema_digest")).isEqualTo(Sha256.hex(WANTED));
            assertThat(graph.text("branches")).isEqualTo("[]");
            assertThat(rows(client)).isEqualTo(rowsBefore);
            assertThat(client.get("/status").text("diagnostics")).isEqualTo("[]");
            assertThat(client.post("/plan").text("changes")).isEqualTo("[]");
        }
    }

    /** The table keys with their numbers of rows. */
    private static String rows(ApiClient client) {
        return client.get("/graphs/people").text("tables").replaceAll("\"version\":\\d+,?", "");
    }
}
