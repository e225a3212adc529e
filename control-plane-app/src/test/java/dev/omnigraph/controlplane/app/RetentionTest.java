package dev.omnigraph.controlplane.app;

import static org.assertj.core.api.Assertions.assertThat;

import dev.omnigraph.controlplane.app.testing.Answer;
import dev.omnigraph.controlplane.app.testing.ApiClient;
import dev.omnigraph.controlplane.app.testing.RunningService;
import dev.omnigraph.controlplane.app.testing.SampleCluster;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Retention on the running service, asked for and of itself. */
class RetentionTest {

    private static final String[] WAIT = {"Prefer", "wait=60"};
    private static final String SETTLED = "01KT0000000000000000000001";
    private static final String UNSETTLED = "01KT0000000000000000000002";

    private static final int MOST_TRIES = 10_000;

    @TempDir
    Path folder;

    @Test
    void anAdminAsksForItAndIsToldWhatWentAndWhatStays() throws IOException {
        SampleCluster.in(folder);
        try (RunningService service = RunningService.over(folder, "--control-plane.retention.interval=0s")) {
            ApiClient client = service.client();
            client.post("/import", WAIT);
            useIsRecorded();
            aside(SETTLED);
            aside(UNSETTLED);
            assertThat(client.get("/status").text("trash")).contains(SETTLED, UNSETTLED);

            Answer run = client.post("/retention", WAIT);

            assertThat(run.text("command")).isEqualTo("retention");
            assertThat(run.text("outcome")).as(run.body()).isEqualTo("converged");
            assertThat(run.text("result.removed"))
                    .isEqualTo(
                            "{\"configurations\":0,\"idempotency_keys\":0,\"ledgers\":0,\"operations\":0,\"plans\":0,"
                                    + "\"trash\":1}");
            assertThat(run.text("result.kept")).contains("__control/trash/" + UNSETTLED);
            assertThat(client.get("/status").text("trash")).isEqualTo("[\"" + UNSETTLED + "\"]");
            assertThat(client.get("/operations?command=retention").text("operations"))
                    .contains("\"command\":\"retention\"");

            client.postJson("/freeze", "{\"reason\": \"release week\"}");
            assertThat(client.post("/retention", WAIT).text("code")).isEqualTo("cluster_frozen");
        }
    }

    @Test
    void itRunsOfItself() throws IOException {
        SampleCluster.in(folder);
        try (RunningService service = RunningService.over(
                folder, "--control-plane.retention.interval=100ms", "--control-plane.http.requests-per-second=0")) {
            String operations = operations(service);
            for (int tries = 1; !operations.contains("\"state\":\"succeeded\""); tries++) {
                assertThat(tries).as(operations).isLessThan(MOST_TRIES);
                operations = operations(service);
            }
            assertThat(operations).contains("\"actor\":null");
        }
    }

    private static String operations(RunningService service) {
        return service.client().get("/operations?command=retention").text("operations");
    }

    private void aside(String sidecar) throws IOException {
        Path graph = folder.resolve("__control/trash/" + sidecar + "/people.omni");
        Files.createDirectories(graph);
        Files.writeString(graph.resolve("_schema.pg"), "x");
    }

    private void useIsRecorded() throws IOException {
        Path ledger = folder.resolve("__cluster/state.json");
        String used = "\"approval_records\": {\"01KT0000000000000000000007\": {\"consumed_at\":"
                + " \"2026-06-10T10:00:00Z\", \"consumed_by_operation\": \"" + SETTLED + "\"}}";
        Files.writeString(ledger, Files.readString(ledger).replace("\"approval_records\": {}", used));
    }
}
