package dev.omnigraph.controlplane.app.crash;

import static org.assertj.core.api.Assertions.assertThat;

import dev.omnigraph.controlplane.app.testing.Answer;
import dev.omnigraph.controlplane.app.testing.ApiClient;
import dev.omnigraph.controlplane.app.testing.CopiedDeaths;
import dev.omnigraph.controlplane.app.testing.RunningService;
import dev.omnigraph.controlplane.app.testing.SampleCluster;
import dev.omnigraph.controlplane.fault.FaultPoint;
import dev.omnigraph.controlplane.json.JsonArray;
import dev.omnigraph.controlplane.json.JsonObject;
import dev.omnigraph.controlplane.json.JsonString;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumSet;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The service dies while it creates a graph whose root it has won; a person discards what it left (I20). */
class DiscardedCreateTest {

    private static final String[] WAIT = {"Prefer", "wait=60"};
    private static final String[] ADMIN = {"Authorization", "Bearer root"};

    @TempDir
    static Path temporary;

    private static Path folder;
    private static CopiedDeaths deaths;

    @BeforeAll
    static void aCreateWithItsDeaths() throws IOException {
        folder = temporary.toRealPath().resolve("cluster");
        SampleCluster.in(folder);
        deaths = new CopiedDeaths(
                folder,
                temporary.resolve("deaths"),
                EnumSet.of(FaultPoint.INIT_AFTER_SCHEMA_CONTRACT_WRITTEN, FaultPoint.INIT_AFTER_TABLES_WRITTEN)
                        ::contains);
        deaths.whileServing(client -> {
            assertThat(client.post("/import", WAIT).text("state")).isEqualTo("succeeded");
            assertThat(client.post("/apply", WAIT).text("outcome")).isEqualTo("converged");
        });
    }

    @ParameterizedTest
    @EnumSource(
            value = FaultPoint.class,
            names = {"INIT_AFTER_SCHEMA_CONTRACT_WRITTEN", "INIT_AFTER_TABLES_WRITTEN"})
    void whatItLeftIsDiscardedAndTheNextApplyCreatesTheGraph(FaultPoint point) throws IOException {
        deaths.leave(point);

        try (RunningService service = RunningService.over(folder, CopiedDeaths.HEARTBEAT)) {
            ApiClient client = service.client();
            Answer blocked = client.post("/apply", WAIT);
            assertThat(blocked.text("problem.code")).as(blocked.body()).isEqualTo("graph_create_incomplete");
            JsonObject left = onlyRecovery(client);
            assertThat(left.get("discardable").orElseThrow()).hasToString("JsonBoolean[value=true]");
            String discard = "/recoveries/" + text(left, "recovery_id") + "/discard";

            Answer unseen = client.postJson(discard, "{\"objects_digest\": \"x\"}", ADMIN);
            assertThat(unseen.status()).isEqualTo(412);
            assertThat(folder.resolve("graphs/people.omni/_schema.pg")).exists();

            Answer discarded =
                    client.postJson(discard, "{\"objects_digest\": \"" + text(left, "objects_digest") + "\"}", ADMIN);
            assertThat(discarded.status()).as(discarded.body()).isEqualTo(200);
            assertThat(client.get("/operations/" + discarded.text("operation_id"))
                            .text("actor"))
                    .isEqualTo("root");
            assertThat(folder.resolve("graphs/people.omni")).doesNotExist();
            assertThat(client.get("/recoveries").text("recoveries")).isEqualTo("[]");
            assertThat(client.get("/status").text("trash")).isEqualTo("[]");

            Answer applied = client.post("/apply", WAIT);
            assertThat(applied.text("outcome")).as(applied.body()).isEqualTo("converged");
            assertThat(Files.isDirectory(folder.resolve("graphs/people.omni"))).isTrue();
            assertThat(client.get("/graphs/people").text("tables")).contains("node:Person");
        }
    }

    @Test
    void aRecordThatCannotBeRetiredIsNotTakenForDone() throws IOException {
        deaths.leave(FaultPoint.INIT_AFTER_TABLES_WRITTEN);
        String fault =
                "--control-plane.fault-points=" + FaultPoint.CLUSTER_STORE_BEFORE_SIDECAR_DELETE.wire() + "=error";

        try (RunningService service = RunningService.over(folder, fault, CopiedDeaths.HEARTBEAT)) {
            ApiClient client = service.client();
            JsonObject left = onlyRecovery(client);
            Answer discarded = client.postJson(
                    "/recoveries/" + text(left, "recovery_id") + "/discard",
                    "{\"objects_digest\": \"" + text(left, "objects_digest") + "\"}",
                    ADMIN);

            assertThat(discarded.status()).as(discarded.body()).isEqualTo(503);
            assertThat(discarded.text("code")).isEqualTo("recovery_discard_failed");
            assertThat(folder.resolve("graphs/people.omni")).doesNotExist();
            assertThat(onlyRecovery(client).get("discardable").orElseThrow()).hasToString("JsonBoolean[value=false]");
        }
        try (RunningService service = RunningService.over(folder, CopiedDeaths.HEARTBEAT)) {
            assertThat(service.client().post("/apply", WAIT).text("outcome")).isEqualTo("converged");
            assertThat(service.client().get("/recoveries").text("recoveries")).isEqualTo("[]");
        }
    }

    private static JsonObject onlyRecovery(ApiClient client) {
        JsonArray recoveries = (JsonArray) client.get("/recoveries").value("recoveries");
        assertThat(recoveries.elements()).hasSize(1);
        return (JsonObject) recoveries.elements().get(0);
    }

    private static String text(JsonObject recovery, String member) {
        return ((JsonString) recovery.get(member).orElseThrow()).value();
    }
}
