package dev.omnigraph.controlplane.app;

import static org.assertj.core.api.Assertions.assertThat;

import dev.omnigraph.controlplane.app.testing.Answer;
import dev.omnigraph.controlplane.app.testing.ApiClient;
import dev.omnigraph.controlplane.app.testing.Archives;
import dev.omnigraph.controlplane.app.testing.RunningService;
import dev.omnigraph.controlplane.app.testing.SampleCluster;
import dev.omnigraph.controlplane.app.testing.TestTokens;
import dev.omnigraph.controlplane.json.JsonArray;
import dev.omnigraph.controlplane.json.JsonObject;
import dev.omnigraph.controlplane.json.JsonString;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Where a second person is asked for, nobody applies what he approved, whatever path he takes: what counts is who he is, not
 * which of his tokens he shows, nor how the plan is named.
 */
class SecondPersonTest {

    private static final String EMPTY_CLUSTER = "version: 1\nmetadata:\n  name: sample\n";

    @TempDir
    Path folder;

    private RunningService service;
    private ApiClient client;

    /** Two tokens of one person, one of another. */
    private String approver;

    private String sameAsOperator;
    private String another;

    @BeforeEach
    void applyAGraphThatIsNotWantedAnyMore() {
        SampleCluster sample = SampleCluster.in(folder);
        TestTokens tokens = TestTokens.in(folder);
        approver = "Bearer " + tokens.create("carol", "approver");
        sameAsOperator = "Bearer " + tokens.create("carol", "operator");
        another = "Bearer " + tokens.create("dave", "operator");
        service = RunningService.start(
                "--control-plane.config-dir=" + folder,
                "--control-plane.authentication.token-file=" + tokens.file(),
                "--control-plane.approvals.require-second-person=true");
        client = service.client();
        assertThat(post("/import", "{}", another).text("outcome")).isEqualTo("converged");
        assertThat(post("/apply", "{}", another).text("outcome")).isEqualTo("converged");
        sample.write("cluster.yaml", EMPTY_CLUSTER);
    }

    @AfterEach
    void stop() {
        service.close();
    }

    @Test
    void byTheFolderAndByThePlansDigest() {
        Answer plan = client.post("/plan", "Authorization", approver);
        approve(plan, "{}");

        assertRefused("{}");
        assertRefused("{\"plan_digest\": \"" + plan.text("plan_digest") + "\"}");
        assertThat(post("/apply", "{}", another).text("outcome")).isEqualTo("converged");
        assertThat(folder.resolve("graphs/people.omni")).doesNotExist();
    }

    @Test
    void byAStoredPlan() {
        approve(client.post("/plan", "Authorization", approver), "{}");

        assertRefused(storedPlan());
        Answer applied = post("/apply", storedPlan(), another);
        assertThat(applied.text("outcome")).as(applied.body()).isEqualTo("converged");
    }

    /** Made by the one who must not carry it out. */
    private String storedPlan() {
        return "{\"plan_id\": \"" + post("/plans", "{}", sameAsOperator).text("plan_id") + "\"}";
    }

    @Test
    void byAStoredConfiguration() {
        String name = client.send(
                        "POST",
                        "/configurations",
                        Archives.of(new SampleCluster(folder.resolve("other")).write("cluster.yaml", EMPTY_CLUSTER)),
                        "Content-Type",
                        "application/zip",
                        "Authorization",
                        sameAsOperator)
                .text("configuration");
        String configuration = "{\"configuration\": \"" + name + "\"}";
        approve(client.postJson("/plan", configuration, "Authorization", approver), configuration);

        assertRefused(configuration);
        assertThat(post("/apply", configuration, another).text("outcome")).isEqualTo("converged");
    }

    private void approve(Answer plan, String configuration) {
        JsonObject gate = (JsonObject)
                ((JsonArray) plan.value("approvals_required")).elements().get(0);
        String named = configuration.equals("{}") ? "" : ", " + configuration.substring(1, configuration.length() - 1);
        Answer approved = client.postJson(
                "/approvals",
                "{\"resource\": \"graph.people\", \"plan_digest\": \"" + plan.text("plan_digest") + "\", \"seen\": \""
                        + ((JsonString) gate.get("seen").orElseThrow()).value() + "\"" + named + "}",
                "Authorization",
                approver);
        assertThat(approved.status()).as(approved.body()).isEqualTo(201);
        assertThat(approved.text("approved_by")).isEqualTo("carol");
    }

    private void assertRefused(String body) {
        Answer refused = post("/apply", body, sameAsOperator);
        assertThat(refused.text("outcome")).as(refused.body()).isEqualTo("refused");
        assertThat(refused.text("problem.code")).isEqualTo("second_person_required");
        assertThat(folder.resolve("graphs/people.omni")).isDirectory();
    }

    private Answer post(String path, String body, String token) {
        return client.postJson(path, body, "Authorization", token, "Prefer", "wait=60");
    }
}
