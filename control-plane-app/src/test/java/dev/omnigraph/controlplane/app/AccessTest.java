package dev.omnigraph.controlplane.app;

import static org.assertj.core.api.Assertions.assertThat;

import dev.omnigraph.controlplane.app.testing.Answer;
import dev.omnigraph.controlplane.app.testing.RunningService;
import dev.omnigraph.controlplane.app.testing.SampleCluster;
import dev.omnigraph.controlplane.testendpoints.TestEndpoints;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Roles over HTTP, with principals that do not hold them all. */
class AccessTest {

    @TempDir
    static Path folder;

    private static RunningService service;

    @BeforeAll
    static void start() {
        SampleCluster.in(folder);
        service = RunningService.with(TestEndpoints.class, folder);
    }

    @AfterAll
    static void stop() {
        service.close();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    viewer            | GET  | /status              | 200
                    viewer            | POST | /plan                | 200
                    operator          | POST | /plan                | 200
                    approver          | GET  | /operations          | 200
                    admin             | GET  | /lock                | 200
                    nothing           | GET  | /status              | 403
                    viewer            | POST | /import              | 403
                    approver+admin    | POST | /apply               | 403
                    viewer            | POST | /operations/x/cancel | 403
                    operator          | POST | /operations/x/cancel | 404
                    operator+approver | POST | /force-unlock        | 403
                    admin             | POST | /force-unlock        | 400
                    nothing           | GET  | /v3/api-docs         | 200
                    """)
    void aRoleOpensWhatItOpens(String roles, String method, String path, int status) {
        Answer answer = service.client().send(method, path, new byte[0], "Authorization", "Bearer " + roles);

        assertThat(answer.status()).isEqualTo(status);
        if (status == 403) {
            ProblemsTest.assertProblem(answer, "forbidden");
            assertThat(answer.text("detail")).contains("role");
        }
    }

    @Test
    void anEndpointThatNamesNoRoleIsClosedToEveryone() {
        Answer answer =
                service.client().get("/test/without-role", "Authorization", "Bearer viewer+operator+approver+admin");

        ProblemsTest.assertProblem(answer, "forbidden");
    }

    @Test
    void aBugLeavesAsAProblemThatTellsNothingButTheRequest() {
        Answer answer = service.client().get("/test/failing");

        assertThat(answer.status()).isEqualTo(500);
        ProblemsTest.assertProblem(answer, "internal_error");
        assertThat(answer.text("detail")).contains(answer.header("X-Request-Id"));
        assertThat(answer.body()).doesNotContain("secret");
    }

    @Test
    void whatCannotBeAcceptedIsSaid() {
        Answer answer = service.client().get("/actuator/health/liveness", "Accept", "image/png");

        assertThat(answer.status()).isEqualTo(406);
        ProblemsTest.assertProblem(answer, "not_acceptable");
    }
}
