package dev.omnigraph.controlplane.app;

import static org.assertj.core.api.Assertions.assertThat;

import dev.omnigraph.controlplane.app.testing.Answer;
import dev.omnigraph.controlplane.app.testing.RunningService;
import dev.omnigraph.controlplane.app.testing.SampleCluster;
import dev.omnigraph.controlplane.app.testing.TestTokens;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What one principal may send, and from which pages. */
class LimitsTest {

    private static final String CONSOLE = "https://console.example.com";

    @TempDir
    static Path folder;

    private static RunningService service;
    private static String alice;
    private static String bob;

    @BeforeAll
    static void start() {
        SampleCluster.in(folder);
        TestTokens tokens = TestTokens.in(folder);
        alice = "Bearer " + tokens.create("alice", "viewer");
        bob = "Bearer " + tokens.create("bob", "viewer");
        service = RunningService.start(
                "--control-plane.config-dir=" + folder,
                "--control-plane.authentication.token-file=" + tokens.file(),
                "--control-plane.http.requests-per-second=1",
                "--control-plane.http.request-burst=5",
                "--control-plane.http.cors-origins=" + CONSOLE);
    }

    @AfterAll
    static void stop() {
        service.close();
    }

    @Test
    void whoSendsTooMuchIsRefusedAndOthersAreNot() {
        Answer answer = service.client().get("/lock", "Authorization", alice);
        for (int sent = 1; answer.status() == 200; sent++) {
            assertThat(sent).as("a burst of five, and what a slow test adds").isLessThan(100);
            answer = service.client().get("/lock", "Authorization", alice);
        }

        assertThat(answer.status()).isEqualTo(429);
        ProblemsTest.assertProblem(answer, "too_many_requests");
        assertThat(answer.header("Retry-After")).isEqualTo("1");
        assertThat(service.client().get("/actuator/health/readiness").status()).isEqualTo(200);
    }

    @Test
    void aPageOfAConfiguredOriginMayCall() {
        Answer preflight = service.client()
                .send(
                        "OPTIONS",
                        "/apply",
                        new byte[0],
                        "Origin",
                        CONSOLE,
                        "Access-Control-Request-Method",
                        "POST",
                        "Access-Control-Request-Headers",
                        "authorization,idempotency-key");
        Answer call = service.client().get("/lock", "Origin", CONSOLE, "Authorization", bob);

        assertThat(preflight.status()).isEqualTo(200);
        assertThat(preflight.header("Access-Control-Allow-Origin")).isEqualTo(CONSOLE);
        assertThat(preflight.header("Access-Control-Allow-Credentials")).isEmpty();
        assertThat(call.status()).isEqualTo(200);
        assertThat(call.header("Access-Control-Allow-Origin")).isEqualTo(CONSOLE);
    }

    @Test
    void aPageOfAnotherOriginMayNot() {
        Answer answer = service.client().get("/lock", "Origin", "https://evil.example", "Authorization", bob);

        assertThat(answer.status()).isEqualTo(403);
        ProblemsTest.assertProblem(answer, "origin_not_allowed");
        assertThat(answer.header("Access-Control-Allow-Origin")).isEmpty();
    }
}
