package dev.omnigraph.controlplane.app;

import static org.assertj.core.api.Assertions.assertThat;

import dev.omnigraph.controlplane.app.testing.Answer;
import dev.omnigraph.controlplane.app.testing.ApiClient;
import dev.omnigraph.controlplane.app.testing.RunningService;
import dev.omnigraph.controlplane.app.testing.SampleCluster;
import dev.omnigraph.controlplane.json.JsonArray;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The way of a cluster over HTTP, with real commands, real files and real graphs. */
class CommandsTest {

    private static final String[] WAIT = {"Prefer", "wait=60"};

    @TempDir
    Path folder;

    private SampleCluster sample;
    private RunningService service;
    private ApiClient client;

    @BeforeEach
    void start() {
        sample = SampleCluster.in(folder);
        service = RunningService.over(folder, "--control-plane.lock.wait=0s");
        client = service.client();
    }

    @AfterEach
    void stop() {
        service.close();
    }

    @Test
    void aClusterIsImportedPlannedAndConverged() {
        Answer imported = client.post("/import", WAIT);
        assertThat(imported.status()).isEqualTo(200);
        assertThat(imported.text("outcome")).isEqualTo("converged");
        assertThat(imported.text("result.created")).isEqualTo("true");

        Answer plan = client.post("/plan");
        assertThat(((JsonArray) plan.value("changes")).elements()).isNotEmpty();
        assertThat(plan.text("state_observations.lock_acquired")).isEqualTo("false");

        Answer applied = client.postJson(
                "/apply",
                "{\"plan_digest\": \"" + plan.text("plan_digest") + "\", \"expected_state_cas\": \""
                        + plan.text("state_observations.state_cas") + "\"}",
                "Prefer",
                "wait=60",
                "Authorization",
                "Bearer andrew");
        assertThat(applied.status()).isEqualTo(200);
        assertThat(applied.text("state")).isEqualTo("succeeded");
        assertThat(applied.text("outcome")).isEqualTo("converged");
        assertThat(applied.text("actor")).isEqualTo("andrew");
        assertThat(applied.text("result.actor")).isEqualTo("andrew");
        assertThat(applied.text("state_cas_before")).isEqualTo(plan.text("state_observations.state_cas"));
        assertThat(applied.text("state_cas_after")).isEqualTo(applied.text("result.state_observations.state_cas"));
        assertThat(applied.text("config_digest")).isEqualTo(plan.text("desired_revision.config_digest"));

        assertThat(client.post("/plan").text("changes")).isEqualTo("[]");
    }

    @Test
    void statusTellsWhatIsRecordedAndKeepsItsTagWhileNothingMoves() {
        converge();

        Answer status = client.get("/status?verify=catalog");
        assertThat(status.text("ok")).isEqualTo("true");
        assertThat(status.text("cluster_id")).isEqualTo("sample");

        Answer plain = client.get("/status");
        Answer unchanged = client.get("/status", "If-None-Match", plain.header("ETag"));
        assertThat(unchanged.status()).isEqualTo(304);
        assertThat(unchanged.body()).isEmpty();

        client.post("/refresh", WAIT);
        assertThat(client.get("/status", "If-None-Match", plain.header("ETag")).status())
                .isEqualTo(200);
    }

    @Test
    void aPolicyThatNoServerTakesIsNotPublished() {
        assertThat(client.post("/import", WAIT).status()).isEqualTo(200);
        bindPolicy("version: 1\nrules: none\n");

        assertThat(client.post("/validate").text("ok")).isEqualTo("false");
        assertThat(client.post("/plan").text("changes")).isEqualTo("[]");
        Answer refused = client.post("/apply", WAIT);
        assertThat(refused.status()).isEqualTo(422);
        assertThat(refused.text("code")).isEqualTo("configuration_invalid");
        assertThat(refused.text("diagnostics")).contains("policy_invalid", "policies.base.file", "line 2, column 8");
        Answer refreshed = client.post("/refresh", WAIT);
        assertThat(refreshed.text("state")).isEqualTo("succeeded");
        assertThat(refreshed.text("result.diagnostics")).contains("policy_invalid", "warning");

        bindPolicy("version: 1\n");
        assertThat(client.post("/apply", WAIT).text("converged")).isEqualTo("true");
    }

    private void bindPolicy(String bundle) {
        sample.write("base.yaml", bundle).write("cluster.yaml", """
                        version: 1
                        graphs:
                          people:
                            schema: people.pg
                        policies:
                          base: {file: base.yaml, applies_to: [people]}
                        """);
    }

    @Test
    void graphsAreLookedAtNow() {
        Answer before = client.get("/graphs/people");
        assertThat(before.text("declared")).isEqualTo("true");
        assertThat(before.text("exists")).isEqualTo("false");

        converge();

        Answer graph = client.get("/graphs/people");
        assertThat(graph.text("opens")).isEqualTo("true");
        assertThat(graph.text("recorded")).isEqualTo("true");
        assertThat(graph.text("schema_digest")).isEqualTo(graph.text("desired_schema_digest"));
        assertThat(graph.text("tables")).contains("node:Person");
        assertThat(((JsonArray) client.get("/graphs").value("graphs")).elements())
                .containsExactly(graph.json());
        assertThat(client.get("/graphs/nobody").text("code")).isEqualTo("graph_not_found");
    }

    @Test
    void withoutPatienceAnOperationIsAcceptedAndFound() {
        client.post("/import", WAIT);

        Answer accepted = client.post("/apply");
        assertThat(accepted.status()).isEqualTo(202);
        String location = accepted.header("Location");
        assertThat(location).isEqualTo("/operations/" + accepted.text("operation_id"));
        assertThat(accepted.header("Retry-After")).isNotEmpty();

        Answer ended = client.get(location + "?wait=60");
        assertThat(ended.text("state")).isEqualTo("succeeded");
        assertThat(ended.header("Retry-After")).isEmpty();
        assertThat(client.get("/operations?limit=1").text("operations")).contains(accepted.text("operation_id"));
        assertThat(client.post(location + "/cancel").text("code")).isEqualTo("operation_ended");
    }

    @Test
    void aSecondImportIsAnErrorUnlessTheLedgerNeedOnlyBeThere() {
        client.post("/import", WAIT);

        Answer again = client.post("/import", WAIT);
        assertThat(again.text("state")).isEqualTo("failed");
        assertThat(again.text("problem.code")).isEqualTo("state_already_exists");

        Answer satisfied = client.postJson("/import", "{\"if_missing\": true}", WAIT);
        assertThat(satisfied.text("state")).isEqualTo("succeeded");
        assertThat(satisfied.text("result.ok")).isEqualTo("true");
        assertThat(satisfied.text("result.created")).isEqualTo("false");
    }

    @Test
    void anotherPlanThanTheOneThatWasSeenMovesNothing() {
        client.post("/import", WAIT);

        Answer refused = client.postJson("/apply", "{\"plan_digest\": \"" + "0".repeat(64) + "\"}", WAIT);

        assertThat(refused.text("state")).isEqualTo("failed");
        assertThat(refused.text("outcome")).isEqualTo("refused");
        assertThat(refused.text("problem.code")).isEqualTo("plan_changed");
        assertThat(client.get("/graphs/people").text("exists")).isEqualTo("false");
    }

    @Test
    void anInvalidConfigurationMakesNoOperation() {
        sample.write("people.pg", "node Person {");

        for (String path : new String[] {"/apply", "/import", "/refresh"}) {
            Answer answer = client.post(path);
            assertThat(answer.status()).isEqualTo(422);
            assertThat(answer.text("code")).isEqualTo("configuration_invalid");
            assertThat(answer.text("diagnostics")).contains("schema_parse_error");
        }
        assertThat(client.post("/plan").text("ok")).isEqualTo("false");
        assertThat(client.post("/validate").text("ok")).isEqualTo("false");
        assertThat(client.get("/operations").text("operations")).isEqualTo("[]");
    }

    @Test
    void aConfigurationForAnotherStoreMakesNoOperation() {
        sample.write("cluster.yaml", "version: 1\nstorage: /somewhere/else\n");

        Answer answer = client.post("/apply");

        assertThat(answer.text("code")).isEqualTo("configuration_invalid");
        assertThat(answer.text("diagnostics")).contains("storage_root_mismatch");
    }

    @Test
    void filesInTheBodyAreValidatedInPlaceOfTheFolder() {
        Answer valid = client.postJson(
                "/validate",
                "{\"files\": {\"cluster.yaml\": \"version: 1\\ngraphs:\\n  a:\\n    schema: s/a.pg\\n\","
                        + " \"s/a.pg\": \"node A {\\n    k: String @key\\n}\\n\"}}");
        assertThat(valid.text("ok")).isEqualTo("true");
        assertThat(valid.text("resource_digests")).contains("graph.a").doesNotContain("people");

        Answer outside = client.postJson(
                "/validate",
                "{\"files\": {\"cluster.yaml\": \"version: 1\\ngraphs:\\n  a:\\n    schema: /etc/passwd\\n\"}}");
        assertThat(outside.text("diagnostics")).contains("path_outside_config");

        for (String path : new String[] {"/cluster.yaml", "../cluster.yaml", "a//b", "a/./b", ""}) {
            Answer refused = client.postJson("/validate", "{\"files\": {\"" + path + "\": \"\"}}");
            assertThat(refused.text("code")).isEqualTo("invalid_body");
        }
    }

    @Test
    void thePlanIsAlsoTextForPeople() {
        client.post("/import", WAIT);

        Answer text = client.post("/plan", "Accept", "text/plain");

        assertThat(text.mediaType()).isEqualTo("text/plain");
        assertThat(text.body()).contains("graph.people");
        assertThat(client.post("/plan", "Accept", "*/*").mediaType()).isEqualTo("application/json");
    }

    @Test
    void aHeldLockRefusesAndIsForcedByItsExactId() throws IOException {
        client.post("/import", WAIT);
        assertThat(client.get("/lock").text("locked")).isEqualTo("false");
        assertThat(forceUnlock("01KB3Q4ZJ2W7T5N8R6M1X9C0VD").text("code")).isEqualTo("state_lock_missing");
        Files.writeString(folder.resolve("__cluster/lock.json"), """
                {
                  "version": 1,
                  "lock_id": "01KB3Q4ZJ2W7T5N8R6M1X9C0VD",
                  "operation": "apply",
                  "created_at": "2026-11-25T10:00:00Z",
                  "pid": 4242
                }""");

        Answer refused = client.post("/apply", WAIT);
        assertThat(refused.text("outcome")).isEqualTo("refused");
        assertThat(refused.text("problem.code")).isEqualTo("state_lock_held");
        assertThat(client.get("/lock").text("holder.pid")).isEqualTo("4242");
        assertThat(forceUnlock("another").text("code")).isEqualTo("state_lock_id_mismatch");

        Answer removed = forceUnlock("01KB3Q4ZJ2W7T5N8R6M1X9C0VD");
        assertThat(removed.status()).isEqualTo(200);
        assertThat(removed.text("lock_removed")).isEqualTo("true");
        assertThat(client.post("/apply", WAIT).text("outcome")).isEqualTo("converged");
    }

    @Test
    void aLockThatSaysNothingIsShownAsHeld() throws IOException {
        client.post("/import", WAIT);
        Files.writeString(folder.resolve("__cluster/lock.json"), "{}");

        Answer lock = client.get("/lock");

        assertThat(lock.text("locked")).isEqualTo("true");
        assertThat(lock.text("holder")).isEqualTo("null");
        assertThat(lock.text("diagnostics")).contains("invalid_state_lock");
        assertThat(forceUnlock("x").status()).isEqualTo(409);
    }

    @Test
    void aBrokenHeaderStopsForceUnlock() {
        sample.write("cluster.yaml", "version: 2\n");

        assertThat(forceUnlock("x").text("code")).isEqualTo("configuration_invalid");
    }

    @Test
    void theServiceIsReadyWhileItsStorageAnswers() throws IOException {
        assertThat(client.get("/actuator/health/liveness").text("status")).isEqualTo("UP");
        assertThat(client.get("/actuator/health/readiness").text("status")).isEqualTo("UP");
        Files.move(folder.resolve("__control"), folder.resolve("moved"));
        Files.writeString(folder.resolve("__control"), "in the way");

        assertThat(client.get("/actuator/health/readiness").status()).isEqualTo(503);
        assertThat(client.get("/actuator/health/liveness").status()).isEqualTo(200);
    }

    private void converge() {
        client.post("/import", WAIT);
        assertThat(client.post("/apply", WAIT).text("outcome")).isEqualTo("converged");
    }

    private Answer forceUnlock(String id) {
        return client.postJson("/force-unlock", "{\"lock_id\": \"" + id + "\"}");
    }
}
