package dev.omnigraph.controlplane.app;

import static org.assertj.core.api.Assertions.assertThat;

import dev.omnigraph.controlplane.app.testing.Answer;
import dev.omnigraph.controlplane.app.testing.ApiClient;
import dev.omnigraph.controlplane.app.testing.RunningService;
import dev.omnigraph.controlplane.app.testing.SampleCluster;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Plans that people link to: made, looked at, carried out, given up. */
class StoredPlansTest {

    private static final String[] WAIT = {"Prefer", "wait=60"};
    private static final String[] ALICE = {"Authorization", "Bearer alice"};

    @TempDir
    Path folder;

    private SampleCluster sample;
    private RunningService service;
    private ApiClient client;

    @BeforeEach
    void start() {
        sample = SampleCluster.in(folder);
        service = RunningService.over(folder);
        client = service.client();
        client.post("/import", WAIT);
    }

    @AfterEach
    void stop() {
        service.close();
    }

    @Test
    void aPlanIsLookedAtAndCarriedOutAsItWasMade() {
        Answer plan = client.post("/plans", ALICE);
        assertThat(plan.status()).isEqualTo(201);
        assertThat(plan.header("Location")).isEqualTo("/plans/" + plan.text("plan_id"));
        assertThat(plan.text("state")).isEqualTo("ready");
        assertThat(plan.text("exact")).isEqualTo("true");
        assertThat(plan.text("actor")).isEqualTo("alice");
        assertThat(plan.text("output.changes")).contains("graph.people");
        assertThat(client.get("/configurations/" + plan.text("configuration")).text("files"))
                .contains("cluster.yaml", "people.pg", "find_person.gq");
        Answer text = client.get(plan.header("Location"), "Accept", "text/plain");
        assertThat(text.mediaType()).isEqualTo("text/plain");
        assertThat(text.body()).contains("still exact", "by alice", "+ graph.people", plan.text("plan_digest"));

        sample.write("people.pg", "node Person {\n    name: String @key\n    age: I32?\n    city: String?\n}\n");
        Answer applied = client.postJson("/apply", planned(plan), WAIT);
        assertThat(applied.text("outcome")).isEqualTo("converged");
        assertThat(applied.text("configuration")).isEqualTo(plan.text("configuration"));
        assertThat(client.get("/graphs/people").text("tables")).contains("node:Person");

        Answer after = client.get(plan.header("Location"));
        assertThat(after.text("state")).isEqualTo("applied");
        assertThat(after.text("exact")).isEqualTo("null");
        assertThat(after.text("operations")).isEqualTo("[\"" + applied.text("operation_id") + "\"]");
        notReady(client.postJson("/apply", planned(plan)));
        notReady(client.send("DELETE", plan.header("Location"), new byte[0]));
        assertThat(client.get("/plans").text("plans")).contains("\"state\":\"applied\"");
    }

    @Test
    void aPlanSaysWhatHasMovedAndMovesNothingThen() {
        Answer plan = client.post("/plans");
        client.post("/apply", WAIT);

        Answer now = client.get(plan.header("Location"));
        assertThat(now.text("state")).isEqualTo("ready");
        assertThat(now.text("exact")).isEqualTo("false");
        assertThat(now.text("moved")).isEqualTo("[\"ledger\",\"changes\"]");
        assertThat(client.get(plan.header("Location"), "Accept", "text/plain").body())
                .contains("not exact any more: ledger, changes");
        Answer applied = client.postJson("/apply", planned(plan), WAIT);
        assertThat(applied.text("outcome")).isEqualTo("refused");
        assertThat(applied.text("problem.code")).isEqualTo("plan_changed");
        assertThat(client.get(plan.header("Location")).text("state")).isEqualTo("ready");
    }

    @Test
    void whatStandsInTheWayOfAPlanIsSaid() throws IOException {
        Answer plan = client.post("/plans");
        try (Stream<Path> files = Files.walk(folder.resolve("__control/configurations"))) {
            files.filter(Files::isRegularFile)
                    .forEach(file -> assertThat(file.toFile().delete()).isTrue());
        }

        assertThat(client.get(plan.header("Location")).text("moved")).isEqualTo("[\"configuration\"]");
        assertThat(client.postJson("/apply", planned(plan)).text("code")).isEqualTo("configuration_not_found");
        assertThat(client.get(plan.header("Location")).text("operations")).isEqualTo("[]");
    }

    @Test
    void aPlanThatIsGivenUpStaysToBeLookedAt() {
        Answer plan = client.post("/plans");

        Answer abandoned = client.send("DELETE", plan.header("Location"), new byte[0], ALICE);
        assertThat(abandoned.text("state")).isEqualTo("abandoned");
        assertThat(abandoned.text("abandoned.actor")).isEqualTo("alice");
        assertThat(client.send("DELETE", plan.header("Location"), new byte[0]).body())
                .isEqualTo(abandoned.body());
        notReady(client.postJson("/apply", planned(plan)));
    }

    @Test
    void aPlanThatHasExpiredIsNotCarriedOut() {
        assertThat(client.postJson("/plans", "{\"expires_in\": \"soon\"}").text("code"))
                .isEqualTo("invalid_body");
        Answer plan = client.postJson("/plans", "{\"expires_in\": \"PT0.001S\"}");

        assertThat(client.get(plan.header("Location")).text("state")).isEqualTo("expired");
        notReady(client.postJson("/apply", planned(plan)));
    }

    @Test
    void aRequestThatComesAgainIsThePlanOfTheFirstTime() {
        String[] keyed = {"Idempotency-Key", "plan-1"};
        Answer first = client.post("/plans", keyed);
        sample.write("cluster.yaml", "version: 1\ngraphs: nonsense\n");
        Answer again = client.post("/plans", keyed);

        assertThat(again.status()).isEqualTo(201);
        assertThat(again.body()).isEqualTo(first.body());
        assertThat(client.get("/plans?limit=1").text("next_cursor")).isEqualTo("null");
    }

    @Test
    void whatCannotBeAppliedIsNotKept() {
        assertThat(client.postJson("/apply", "{\"plan_id\": \"01KT0000000000000000000000\"}")
                        .text("code"))
                .isEqualTo("plan_not_found");
        assertThat(client.postJson("/apply", "{\"plan_id\": \"x\", \"plan_digest\": \"y\"}")
                        .text("code"))
                .isEqualTo("invalid_body");
        assertThat(client.get("/plans/x").text("code")).isEqualTo("plan_not_found");
        assertThat(client.get("/plans?cursor=x").text("code")).isEqualTo("invalid_parameter");
        sample.write("cluster.yaml", "version: 1\ngraphs: nonsense\n");
        assertThat(client.post("/plans").text("code")).isEqualTo("configuration_invalid");
        assertThat(client.get("/plans").text("plans")).isEqualTo("[]");
        assertThat(client.get("/configurations").text("configurations")).isEqualTo("[]");
    }

    @Test
    void aFolderThatMeansSomethingElseElsewhereIsNotStored() {
        sample.write(
                "cluster.yaml", "version: 1\ngraphs:\n  people:\n    schema: " + folder.resolve("people.pg") + "\n");

        Answer plan = client.post("/plans");
        assertThat(plan.text("code")).isEqualTo("configuration_invalid");
        assertThat(plan.text("diagnostics")).contains("path_outside_config");
        assertThat(client.get("/configurations").text("configurations")).isEqualTo("[]");
    }

    @Test
    void withoutALedgerThereIsNothingToHoldAPlanTo(@TempDir Path fresh) {
        SampleCluster.in(fresh);
        try (RunningService other = RunningService.over(fresh)) {
            Answer plan = other.client().post("/plans");
            assertThat(plan.status()).isEqualTo(409);
            ProblemsTest.assertProblem(plan, "state_missing");
        }
    }

    private static String planned(Answer plan) {
        return "{\"plan_id\": \"" + plan.text("plan_id") + "\"}";
    }

    private static void notReady(Answer answer) {
        assertThat(answer.status()).isEqualTo(409);
        ProblemsTest.assertProblem(answer, "plan_not_ready");
    }
}
