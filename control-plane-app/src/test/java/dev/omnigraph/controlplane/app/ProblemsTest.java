package dev.omnigraph.controlplane.app;

import static org.assertj.core.api.Assertions.assertThat;

import dev.omnigraph.controlplane.app.testing.Answer;
import dev.omnigraph.controlplane.app.testing.ApiContract;
import dev.omnigraph.controlplane.app.testing.RunningService;
import dev.omnigraph.controlplane.app.testing.SampleCluster;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Whatever is wrong with a request leaves as a problem of one form, and never with a stack trace. */
class ProblemsTest {

    @TempDir
    static Path folder;

    private static RunningService service;

    @BeforeAll
    static void start() {
        SampleCluster.in(folder);
        service = RunningService.over(folder, "--control-plane.http.max-body-size=64B");
    }

    @AfterAll
    static void stop() {
        service.close();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    GET    | /nothing                        | 404 | not_found
                    POST   | /nothing                        | 404 | not_found
                    GET    | /operations/                    | 404 | not_found
                    GET    | /actuator/env                   | 404 | not_found
                    GET    | /actuator                       | 404 | not_found
                    GET    | /webjars/swagger-ui/x.js        | 404 | not_found
                    GET    | /swagger-ui/nothing.js          | 404 | not_found
                    GET    | /v1/graphs                      | 404 | not_found
                    DELETE | /operations                     | 405 | method_not_allowed
                    PATCH  | /operations/x                   | 405 | method_not_allowed
                    FOO    | /operations                     | 405 | method_not_allowed
                    GET    | /operations/x                   | 404 | operation_not_found
                    GET    | /operations/..%2f..%2fcluster   | 400 | bad_request
                    GET    | /operations?limit=0             | 400 | invalid_parameter
                    GET    | /operations?limit=201           | 400 | invalid_parameter
                    GET    | /operations?limit=many          | 400 | invalid_parameter
                    GET    | /operations?state=resting       | 400 | invalid_parameter
                    GET    | /operations?cursor=x            | 400 | invalid_parameter
                    GET    | /operations?sate=failed         | 400 | invalid_parameter
                    GET    | /operations?limit=1&limit=2     | 400 | invalid_parameter
                    GET    | /operations?=x                  | 400 | invalid_parameter
                    GET    | /status?=x                      | 400 | invalid_parameter
                    GET    | /operations/x?wait=61           | 400 | invalid_parameter
                    GET    | /operations/x?wait=-1           | 400 | invalid_parameter
                    POST   | /operations/x/cancel            | 404 | operation_not_found
                    """)
    void requestsThatCannotBeServedAreAnsweredWithAProblem(String method, String path, int status, String code) {
        Answer answer = service.client().send(method, path, new byte[0]);

        assertThat(answer.status()).isEqualTo(status);
        assertProblem(answer, code);
    }

    @Test
    void aMethodThatIsNotTakenNamesThoseThatAre() {
        assertThat(service.client().send("DELETE", "/operations", new byte[0]).header("Allow"))
                .contains("GET");
    }

    @Test
    void nothingSaysThatEveryMethodIsAllowed() {
        Answer answer = service.client().send("OPTIONS", "/plan", new byte[0]);

        assertThat(answer.status()).isEqualTo(403);
        assertProblem(answer, "forbidden");
        assertThat(answer.header("Allow")).isEmpty();
    }

    @Test
    void aTypingErrorInAParameterNamesTheKnownOnes() {
        assertThat(service.client().get("/operations?sate=failed").text("detail"))
                .contains("`sate`", "actor, command, cursor, limit, outcome, since, state, until");
    }

    @Test
    void whatTheContainerRefusesHasTheSameForm() throws IOException {
        String answer = raw("GET /status?x=a\"b HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n");

        assertThat(answer).startsWith("HTTP/1.1 400").contains("application/problem+json", "\"code\": \"bad_request\"");
        assertThat(answer).doesNotContain("Exception", "Apache");
    }

    @Test
    void headersThatAreTooLargeHaveTheSameForm() throws IOException {
        String answer = raw("GET /operations HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\nX-Long: "
                + "x".repeat(20_000) + "\r\n\r\n");

        assertThat(answer).startsWith("HTTP/1.1 4").contains("application/problem+json", "\"code\": \"bad_request\"");
    }

    /** Where there is a choice of representations. */
    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    POST | /plan
                    GET  | /operations
                    """)
    void anAcceptHeaderThatNamesNoMediaTypesIsRefused(String method, String path) {
        Answer answer = service.client().send(method, path, new byte[0], "Accept", "everything");

        assertThat(answer.status()).isEqualTo(406);
        assertProblem(answer, "not_acceptable");
    }

    @Test
    void elsewhereNobodyLooksAtAnAcceptHeader() {
        for (String operation : ApiContract.roles().keySet()) {
            if (operation.startsWith("GET ") && !operation.endsWith("/events")) {
                String path = operation.substring("GET ".length()).replaceAll("\\{[^}]*}", "nobody");
                assertThat(service.client().get(path, "Accept", "everything").status())
                        .as("a status of the document, by the client")
                        .isNotEqualTo(500);
            }
        }
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    Basic YTpi
                    Bearer
                    Bearer two words
                    """)
    void credentialsThatAreNoBearerTokenAreRefused(String authorization) {
        Answer answer = service.client().get("/operations", "Authorization", authorization);

        assertThat(answer.status()).isEqualTo(401);
        assertThat(answer.header("WWW-Authenticate")).isEqualTo("Bearer");
        assertProblem(answer, "unauthenticated");
    }

    @Test
    void aTokenThatIsTooLongIsRefused() {
        Answer answer = service.client().get("/operations", "Authorization", "Bearer " + "x".repeat(257));

        assertProblem(answer, "unauthenticated");
    }

    @ParameterizedTest
    @CsvSource({
        "http://evil.example",
        "https://localhost",
        "http://localhost.evil.example",
        "http://localhost:80@evil.example",
        "null"
    })
    void pagesOfOtherSitesAreRefused(String origin) {
        Answer answer = service.client().get("/operations", "Origin", origin);

        assertThat(answer.status()).isEqualTo(403);
        assertProblem(answer, "origin_not_allowed");
    }

    @ParameterizedTest
    @CsvSource({"http://localhost:8080", "http://127.0.0.1", "http://[::1]:99"})
    void pagesOfTheLoopbackAreServed(String origin) {
        assertThat(service.client().get("/operations", "Origin", origin).status())
                .isEqualTo(200);
    }

    @ParameterizedTest
    @CsvSource({"evil.example", "127.0.0.1.evil.example", "localhost:80:80"})
    void namesThatOnlyPointHereAreRefused(String host) throws IOException {
        String answer = raw("GET /operations HTTP/1.1\r\nHost: " + host + "\r\nConnection: close\r\n\r\n");

        assertThat(answer).startsWith("HTTP/1.1 4").contains("application/problem+json");
    }

    @Test
    void aNameThatOnlyPointsHereIsNamedAsTheReason() throws IOException {
        assertThat(raw("GET /operations HTTP/1.1\r\nHost: evil.example\r\nConnection: close\r\n\r\n"))
                .startsWith("HTTP/1.1 403")
                .contains("\"code\": \"host_not_allowed\"");
    }

    static void assertProblem(Answer answer, String code) {
        assertThat(answer.mediaType()).isEqualTo("application/problem+json");
        assertThat(answer.text("code")).isEqualTo(code);
        assertThat(answer.text("status")).isEqualTo(Integer.toString(answer.status()));
        assertThat(answer.text("type")).endsWith(code);
        assertThat(answer.text("remedy")).isNotBlank();
        assertThat(answer.body()).doesNotContain("Exception", "\\tat ", "org.springframework");
        assertThat(answer.header("Cache-Control")).isEqualTo("no-store");
    }

    private static String raw(String request) throws IOException {
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), service.port())) {
            socket.getOutputStream().write(request.getBytes(StandardCharsets.ISO_8859_1));
            InputStream in = socket.getInputStream();
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
    }
}
