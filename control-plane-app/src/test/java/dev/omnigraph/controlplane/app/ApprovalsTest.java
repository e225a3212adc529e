package dev.omnigraph.controlplane.app;

import static org.assertj.core.api.Assertions.assertThat;

import dev.omnigraph.controlplane.app.testing.Answer;
import dev.omnigraph.controlplane.app.testing.ApiClient;
import dev.omnigraph.controlplane.app.testing.RunningService;
import dev.omnigraph.controlplane.app.testing.SampleCluster;
import dev.omnigraph.controlplane.json.JsonArray;
import dev.omnigraph.controlplane.json.JsonBoolean;
import dev.omnigraph.controlplane.json.JsonObject;
import dev.omnigraph.controlplane.json.JsonString;
import dev.omnigraph.controlplane.json.JsonText;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The way of a destructive change over HTTP: planned, approved, revoked, carried out. */
class ApprovalsTest {

    private static final String[] WAIT = {"Prefer", "wait=60"};
    private static final String[] CAROL = {"Authorization", "Bearer carol"};
    private static final String[] CAROL_WAITING = {"Authorization", "Bearer carol", "Prefer", "wait=60"};
    private static final String[] DAVE_WAITING = {"Authorization", "Bearer dave", "Prefer", "wait=60"};
    private static final String GRAPH = "graph.people";

    @TempDir
    Path folder;

    private RunningService service;
    private ApiClient client;

    @BeforeEach
    void startWithAGraphThatIsNotWantedAnyMore() {
        SampleCluster sample = SampleCluster.in(folder);
        start();
        client.post("/import", WAIT);
        assertThat(client.post("/apply", WAIT).text("outcome")).isEqualTo("converged");
        sample.write("cluster.yaml", "version: 1\nmetadata:\n  name: sample\n");
    }

    private void start(String... options) {
        service = RunningService.over(
                folder,
                Stream.concat(Stream.of("--control-plane.lock.wait=0s"), Stream.of(options))
                        .toArray(String[]::new));
        client = service.client();
    }

    @AfterEach
    void stop() {
        service.close();
    }

    @Test
    void aPlanShowsWhatIsDestroyedAndAnApprovalLetsItHappenOnce() {
        Answer plan = client.post("/plan");
        JsonObject gate = gate(plan);
        assertThat(gate.get("satisfied").orElseThrow()).hasToString("JsonBoolean[value=false]");
        assertThat(JsonText.compact(gate.get("destroys").orElseThrow()))
                .contains("\"opens\":true", "\"table\":\"node:Person\"", "\"branches\":[\"main\"]");
        assertThat(client.post("/apply", WAIT).text("outcome")).isEqualTo("blocked");

        Answer approved = approve(plan, gate, "");
        assertThat(approved.status()).isEqualTo(201);
        assertThat(approved.header("Location")).isEqualTo("/approvals/" + approved.text("approval_id"));
        assertThat(client.get(approved.header("Location")).text("state")).isEqualTo("pending");
        assertThat(client.get("/operations/" + approved.text("operation_id")).text("command"))
                .isEqualTo("approve");
        assertThat(client.post("/plan").text("plan_digest")).isEqualTo(plan.text("plan_digest"));

        Answer applied = client.post("/apply", WAIT);
        assertThat(applied.text("outcome")).isEqualTo("converged");
        assertThat(folder.resolve("graphs/people.omni")).doesNotExist();
        Answer used = client.get(approved.header("Location"));
        assertThat(used.text("state")).isEqualTo("consumed");
        assertThat(used.text("consumed_by_operation")).isEqualTo(used.text("reserved_for"));
        Answer late = client.send("DELETE", approved.header("Location"), new byte[0], CAROL);
        assertThat(late.status()).isEqualTo(409);
        assertThat(late.text("code")).isEqualTo("approval_consumed");
    }

    @Test
    void whatIsNotAsTheApproverSawItIsNotApproved() {
        Answer plan = client.post("/plan");
        JsonObject gate = gate(plan);

        assertThat(client.postJson("/approvals", "{\"resource\": \"graph.people\", \"plan_digest\": \"x\"}")
                        .text("code"))
                .isEqualTo("actor_required");
        Answer otherPlan =
                client.postJson("/approvals", "{\"resource\": \"graph.people\", \"plan_digest\": \"x\"}", CAROL);
        assertThat(otherPlan.status()).isEqualTo(412);
        assertThat(otherPlan.text("code")).isEqualTo("plan_changed");
        Answer unseen = client.postJson(
                "/approvals",
                "{\"resource\": \"graph.people\", \"plan_digest\": \"" + plan.text("plan_digest") + "\"}",
                CAROL);
        assertThat(unseen.status()).isEqualTo(412);
        assertThat(unseen.text("code")).isEqualTo("graph_moved");
        Answer needless = client.postJson(
                "/approvals",
                "{\"resource\": \"schema.people\", \"plan_digest\": \"" + plan.text("plan_digest") + "\"}",
                CAROL);
        assertThat(needless.status()).isEqualTo(409);
        assertThat(needless.text("code")).isEqualTo("approval_not_required");
        assertThat(approve(plan, gate, ", \"expires_in\": \"soon\"").status()).isEqualTo(400);
        assertThat(client.get("/approvals").text("approvals")).isEqualTo("[]");
    }

    @Test
    void aRejectionBlocksThisPlanUntilItIsRevoked() {
        Answer plan = client.post("/plan");
        JsonObject gate = gate(plan);
        approve(plan, gate, "");
        Answer rejected = approve(plan, gate, ", \"decision\": \"reject\", \"comment\": \"still in use\"");
        assertThat(rejected.status()).isEqualTo(201);

        assertThat(client.post("/plan").text("changes")).contains("approval_rejected");
        assertThat(client.post("/apply", WAIT).text("outcome")).isEqualTo("blocked");
        assertThat(folder.resolve("graphs/people.omni")).isDirectory();
        assertThat(((JsonArray) client.get("/approvals?state=rejected").value("approvals")).elements())
                .hasSize(1);

        Answer revoked = client.send("DELETE", rejected.header("Location") + "?reason=asked", new byte[0], CAROL);
        assertThat(revoked.status()).isEqualTo(200);
        assertThat(revoked.text("approval.state")).isEqualTo("revoked");
        assertThat(client.post("/apply", WAIT).text("outcome")).isEqualTo("converged");
    }

    @Test
    void aRevokedApprovalIsTakenAsUsedByTheEnginesOwnTool() throws Exception {
        Answer plan = client.post("/plan");
        Answer approved = approve(plan, gate(plan), "");

        Answer revoked = client.send("DELETE", approved.header("Location"), new byte[0], CAROL);

        assertThat(revoked.text("approval.state")).isEqualTo("revoked");
        assertThat(Files.readString(folder.resolve("__cluster/approvals/" + approved.text("approval_id") + ".json")))
                .contains("\"consumed_by_operation\": \"revoked:" + revoked.text("operation_id") + "\"");
        assertThat(client.send("DELETE", approved.header("Location"), new byte[0], CAROL)
                        .status())
                .isEqualTo(200);
        assertThat(client.post("/apply", WAIT).text("outcome")).isEqualTo("blocked");
        assertThat(client.send("DELETE", "/approvals/01KT0000000000000000000000", new byte[0], CAROL)
                        .text("code"))
                .isEqualTo("approval_not_found");
    }

    @Test
    void anApprovalWithAnExpiryIsHiddenUntilItIsUsed() {
        Answer plan = client.post("/plan");
        Answer approved = approve(plan, gate(plan), ", \"expires_in\": \"PT8H\"");
        Path artifact = folder.resolve("__cluster/approvals/" + approved.text("approval_id") + ".json");

        assertThat(artifact).doesNotExist();
        assertThat(gate(client.post("/plan")).get("approval_id"))
                .contains(new JsonString(approved.text("approval_id")));
        assertThat(client.post("/apply", WAIT).text("outcome")).isEqualTo("converged");
        assertThat(artifact).exists();
    }

    @Test
    void nobodyAppliesWhatHeApprovedWhereThatIsAskedFor() {
        service.close();
        start("--control-plane.approvals.require-second-person=true");
        Answer plan = client.post("/plan");
        approve(plan, gate(plan), "");

        for (Answer refused : List.of(client.post("/apply", CAROL_WAITING), client.post("/apply", WAIT))) {
            assertThat(refused.text("state")).isEqualTo("failed");
            assertThat(refused.text("outcome")).isEqualTo("refused");
            assertThat(refused.text("problem.code")).isEqualTo("second_person_required");
            assertThat(refused.text("result.changes")).contains("\"reason\":\"second_person_required\"");
        }
        assertThat(folder.resolve("graphs/people.omni")).isDirectory();
        assertThat(client.post("/apply", DAVE_WAITING).text("outcome")).isEqualTo("converged");
        assertThat(folder.resolve("graphs/people.omni")).doesNotExist();
    }

    @Test
    void anApprovalThatNobodyIsKnownToHaveGivenIsIgnoredWhereThatIsAskedFor() throws Exception {
        service.close();
        start("--control-plane.approvals.accept-foreign=false");
        Answer plan = client.post("/plan");
        Answer approved = approve(plan, gate(plan), "");
        Files.delete(folder.resolve("__control/approvals/" + approved.text("approval_id") + ".json"));

        Answer applied = client.post("/apply", WAIT);

        assertThat(applied.text("outcome")).isEqualTo("blocked");
        assertThat(applied.text("result.diagnostics")).contains("approval_ignored", approved.text("approval_id"));
        assertThat(((JsonArray) client.get("/approvals?state=ignored").value("approvals")).elements())
                .hasSize(1);
        assertThat(gate(client.post("/plan")).get("satisfied")).contains(new JsonBoolean(false));
    }

    @Test
    void theStatusShowsDecisionsThatCountAndWhatLiesAside() throws Exception {
        Answer before = client.get("/status");
        assertThat(before.text("approvals")).isEqualTo("[]");
        assertThat(before.text("trash")).isEqualTo("[]");
        Answer plan = client.post("/plan");

        Answer approved = approve(plan, gate(plan), "");
        Answer decided = client.get("/status");
        assertThat(decided.text("approvals"))
                .contains("\"approval_id\":\"" + approved.text("approval_id") + "\",\"state\":\"pending\"");
        assertThat(decided.header("ETag")).isNotEqualTo(before.header("ETag"));
        Answer rejected = approve(plan, gate(plan), ", \"decision\": \"reject\"");
        assertThat(client.get("/status").text("approvals")).contains("\"state\":\"rejected\"");

        client.send("DELETE", approved.header("Location"), new byte[0], CAROL);
        client.send("DELETE", rejected.header("Location"), new byte[0], CAROL);
        assertThat(client.get("/status").header("ETag")).isEqualTo(before.header("ETag"));

        Path aside = folder.resolve("__control/trash/01KT0000000000000000000001/people.omni/_schema.pg");
        Files.createDirectories(aside.getParent());
        Files.writeString(aside, "");
        assertThat(client.get("/status").text("trash")).isEqualTo("[\"01KT0000000000000000000001\"]");
    }

    @Test
    void whatNothingResolvesIsSetAsideByAnAdmin() throws Exception {
        Path record = folder.resolve("__cluster/recoveries/01KT0000000000000000000001.json");
        Files.createDirectories(record.getParent());
        Files.writeString(record, "not json\n");

        Answer pending = client.get("/recoveries");
        assertThat(pending.text("recoveries")).contains("01KT0000000000000000000001", "\"decision\":null");
        assertThat(client.postJson(
                                "/recoveries/01KT0000000000000000000001/discard", "{\"objects_digest\": \"x\"}", CAROL)
                        .text("code"))
                .isEqualTo("recovery_not_discardable");
        assertThat(client.postJson("/recoveries/01KT0000000000000000000001/quarantine", "{\"reason\": \" \"}", CAROL)
                        .status())
                .isEqualTo(400);

        Answer aside = client.postJson(
                "/recoveries/01KT0000000000000000000001/quarantine", "{\"reason\": \"a broken disk\"}", CAROL);

        assertThat(aside.status()).isEqualTo(200);
        assertThat(record).doesNotExist();
        assertThat(Files.readString(folder.resolve("__control/quarantine/01KT0000000000000000000001.json")))
                .contains("carol", "a broken disk", "bm90IGpzb24K");
        assertThat(client.get("/recoveries").text("recoveries")).isEqualTo("[]");
        assertThat(client.postJson(
                                "/recoveries/01KT0000000000000000000001/quarantine", "{\"reason\": \"again\"}", CAROL)
                        .text("code"))
                .isEqualTo("recovery_not_found");
    }

    private Answer approve(Answer plan, JsonObject gate, String more) {
        String seen = ((JsonString) gate.get("seen").orElseThrow()).value();
        return client.postJson(
                "/approvals",
                "{\"resource\": \"" + GRAPH + "\", \"plan_digest\": \"" + plan.text("plan_digest") + "\", \"seen\": \""
                        + seen + "\"" + more + "}",
                CAROL);
    }

    private static JsonObject gate(Answer plan) {
        return (JsonObject)
                ((JsonArray) plan.value("approvals_required")).elements().get(0);
    }
}
