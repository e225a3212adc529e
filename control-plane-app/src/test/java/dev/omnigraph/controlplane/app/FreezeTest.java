package dev.omnigraph.controlplane.app;

import static org.assertj.core.api.Assertions.assertThat;

import dev.omnigraph.controlplane.app.testing.Answer;
import dev.omnigraph.controlplane.app.testing.ApiClient;
import dev.omnigraph.controlplane.app.testing.RunningService;
import dev.omnigraph.controlplane.app.testing.SampleCluster;
import dev.omnigraph.controlplane.fault.FaultPoint;
import dev.omnigraph.controlplane.testendpoints.Gate;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A freeze, and the ledgers of the past. */
class FreezeTest {

    private static final String[] WAIT = {"Prefer", "wait=60"};
    private static final String REASON = "{\"reason\": \"release week\"}";

    @TempDir
    Path folder;

    private RunningService service;
    private ApiClient client;

    @BeforeEach
    void start() {
        SampleCluster.in(folder);
        service = RunningService.over(folder);
        client = service.client();
        client.post("/import", WAIT);
    }

    @AfterEach
    void stop() {
        service.close();
    }

    @Test
    void whileItLastsChangingCommandsAreRefusedWithItsReason() {
        Answer frozen = client.postJson("/freeze", REASON, "Authorization", "Bearer alice");
        assertThat(frozen.text("actor")).isEqualTo("alice");

        for (String command : new String[] {"/apply", "/refresh", "/import"}) {
            Answer refused = client.post(command);
            assertThat(refused.status()).isEqualTo(409);
            ProblemsTest.assertProblem(refused, "cluster_frozen");
            assertThat(refused.text("detail")).contains("alice", "release week");
        }
        assertThat(client.post("/plan").text("ok")).isEqualTo("true");
        assertThat(client.get("/status").text("freeze.reason")).isEqualTo("release week");
        assertThat(client.postJson("/force-unlock", "{\"lock_id\": \"x\"}").text("code"))
                .isEqualTo("state_lock_missing");

        assertThat(client.send("DELETE", "/freeze", new byte[0]).text("frozen")).isEqualTo("false");
        assertThat(client.get("/status").text("freeze")).isEqualTo("null");
        assertThat(client.post("/apply", WAIT).text("outcome")).isEqualTo("converged");
    }

    @Test
    void whatWaitsWhenItComesIsRefusedUnderTheLock() {
        service.close();
        Gate gate = Gate.fresh();
        service = RunningService.with(Gate.Additions.class, folder);
        client = service.client();
        gate.closeAt(FaultPoint.CLUSTER_APPLY_BEFORE_STATE_WRITE);
        String running = client.post("/apply").header("Location");
        gate.awaitReached();
        String waiting = client.post("/apply").header("Location");
        client.postJson("/freeze", REASON);
        gate.open();

        assertThat(client.get(running + "?wait=60").text("outcome")).isEqualTo("converged");
        Answer refused = client.get(waiting + "?wait=60");
        assertThat(refused.text("outcome")).isEqualTo("refused");
        assertThat(refused.text("problem.code")).isEqualTo("cluster_frozen");
    }

    @Test
    void aSecondFreezeKeepsTheFirstReason() {
        client.postJson("/freeze", REASON);

        assertThat(client.postJson("/freeze", "{\"reason\": \"other\"}").text("reason"))
                .isEqualTo("release week");
    }

    @ParameterizedTest
    @ValueSource(strings = {"{}", "{\"reason\": \" \"}", "{\"reason\": 1}"})
    void aFreezeWithoutAReasonIsRefused(String body) {
        ProblemsTest.assertProblem(client.postJson("/freeze", body), "invalid_body");
    }

    @Test
    void earlierLedgersAreKeptAsTheyWere() throws IOException {
        String first = Files.readString(folder.resolve("__cluster/state.json"));
        client.post("/apply", WAIT);
        client.post("/refresh", WAIT);

        Answer newest = client.get("/history?limit=1");
        Answer rest = client.get("/history?cursor=" + newest.text("next_cursor"));
        assertThat(newest.text("ledgers")).contains("\"state_revision\":2");
        assertThat(rest.text("ledgers")).contains("\"state_revision\":1").doesNotContain("\"state_revision\":2");
        assertThat(rest.text("next_cursor")).isEqualTo("null");

        String name = rest.text("ledgers").replaceAll(".*\"ledger\":\"([^\"]*)\".*", "$1");
        assertThat(client.get("/history/" + name).body()).isEqualTo(first);
        ProblemsTest.assertProblem(client.get("/history/1-" + "ab".repeat(32)), "ledger_not_found");
        ProblemsTest.assertProblem(client.get("/history?cursor=x"), "invalid_parameter");
    }
}
