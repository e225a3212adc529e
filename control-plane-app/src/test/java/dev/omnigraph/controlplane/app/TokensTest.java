package dev.omnigraph.controlplane.app;

import static org.assertj.core.api.Assertions.assertThat;

import dev.omnigraph.controlplane.app.testing.Answer;
import dev.omnigraph.controlplane.app.testing.RunningService;
import dev.omnigraph.controlplane.app.testing.SampleCluster;
import dev.omnigraph.controlplane.app.testing.TestTokens;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The service in production with tokens of its own. */
class TokensTest {

    private static final Duration PATIENCE = Duration.ofSeconds(30);

    @TempDir
    Path folder;

    private TestTokens tokens;
    private String operator;
    private RunningService service;

    @BeforeEach
    void start() {
        SampleCluster.in(folder);
        tokens = TestTokens.in(folder);
        operator = tokens.create("deploy-bot", "operator");
        service = RunningService.start(
                "--control-plane.config-dir=" + folder, "--control-plane.authentication.token-file=" + tokens.file());
    }

    @AfterEach
    void stop() {
        service.close();
    }

    @Test
    void theActorIsThePrincipalWhateverTheRequestSays() throws IOException {
        Answer imported = service.client()
                .post(
                        "/import",
                        "Authorization",
                        "Bearer " + operator,
                        "Prefer",
                        "wait=60",
                        "X-Actor",
                        "somebody-else");

        assertThat(imported.text("actor")).isEqualTo("deploy-bot");
        assertThat(Files.readString(folder.resolve("__control/operations/" + imported.text("operation_id") + ".json")))
                .contains("\"actor\": \"deploy-bot\"");
    }

    @Test
    void anActorInABodyIsRefused() {
        Answer answer =
                service.client().postJson("/apply", "{\"actor\": \"root\"}", "Authorization", "Bearer " + operator);

        assertThat(answer.status()).isEqualTo(400);
        ProblemsTest.assertProblem(answer, "invalid_body");
    }

    @Test
    void aTokenCountsFromWhenItIsMadeUntilItIsRevokedWithoutARestart() {
        String viewer = tokens.create("console", "viewer");
        awaitStatus(viewer, 200);

        tokens.revoke(viewer);
        awaitStatus(viewer, 401);

        assertThat(status("Bearer " + operator)).isEqualTo(200);
    }

    @Test
    void onlyABearerTokenOfOursIsTaken() {
        assertThat(status("Bearer deploy-bot")).isEqualTo(401);
        assertThat(status("Basic " + operator)).isEqualTo(401);
        assertThat(status("Bearer " + operator + "x")).isEqualTo(401);
        assertThat(status("bearer  " + operator)).isEqualTo(200);
    }

    /** Whatever an operator switches on of the framework's endpoints is not open for that. */
    @Test
    void theFrameworksEndpointsAskForATokenToo() {
        try (RunningService exposed = RunningService.start(
                "--control-plane.config-dir=" + folder,
                "--control-plane.instance-id=exposed",
                "--control-plane.authentication.token-file=" + tokens.file(),
                "--management.endpoints.web.exposure.include=health,metrics")) {
            assertThat(exposed.client().get("/actuator/metrics").status()).isEqualTo(401);
            assertThat(exposed.client()
                            .get("/actuator/metrics", "Authorization", "Bearer " + operator)
                            .status())
                    .isEqualTo(200);
            assertThat(exposed.client().get("/actuator/health").status()).isEqualTo(200);
        }
    }

    private void awaitStatus(String token, int status) {
        Instant deadline = Instant.now().plus(PATIENCE);
        while (status("Bearer " + token) != status) {
            assertThat(Instant.now()).isBefore(deadline);
        }
    }

    private int status(String authorization) {
        return service.client().get("/status", "Authorization", authorization).status();
    }
}
