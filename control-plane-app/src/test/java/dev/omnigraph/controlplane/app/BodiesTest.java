package dev.omnigraph.controlplane.app;

import static org.assertj.core.api.Assertions.assertThat;

import dev.omnigraph.controlplane.app.testing.Answer;
import dev.omnigraph.controlplane.app.testing.RunningService;
import dev.omnigraph.controlplane.app.testing.SampleCluster;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
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
import org.junit.jupiter.params.provider.ValueSource;

/** Bodies that are no good are refused with the place, and change nothing. */
class BodiesTest {

    private static final int MAX_BYTES = 1024;

    @TempDir
    static Path folder;

    private static RunningService service;

    @BeforeAll
    static void start() {
        SampleCluster.in(folder);
        service = RunningService.over(folder, "--control-plane.http.max-body-size=" + MAX_BYTES + "B");
    }

    @AfterAll
    static void stop() {
        service.close();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '\'', textBlock = """
                    /validate     | {                                | 400 | malformed_json | line 1
                    /validate     | {} x                             | 400 | malformed_json | line 1
                    /validate     | {'a': 1}                         | 400 | malformed_json | line 1
                    /validate     | [1]                              | 400 | invalid_body   | no object
                    /force-unlock | null                             | 400 | invalid_body   | lock_id
                    /validate     | {"file": {}}                     | 400 | invalid_body   | `file`
                    /validate     | {"files": []}                    | 400 | invalid_body   | files
                    /validate     | {"files": {"cluster.yaml": 1}}   | 400 | invalid_body   | files.cluster.yaml
                    /plan         | {"plan_digest": "x"}             | 400 | invalid_body   | plan_digest
                    /apply        | {"plan_digest": 7}               | 400 | invalid_body   | plan_digest
                    /apply        | {"actor": "mallory"}             | 400 | invalid_body   | actor
                    /apply        | {"plan_digest": "a", "plan_digest": "b"} | 400 | invalid_body | plan_digest
                    /refresh      | {"accept_missing": "people"}     | 400 | invalid_body   | accept_missing
                    /refresh      | {"accept_missing": [1]}          | 400 | invalid_body   | accept_missing[0]
                    /import       | {"if_missing": "yes"}            | 400 | invalid_body   | if_missing
                    /force-unlock | {}                               | 400 | invalid_body   | lock_id
                    /force-unlock | {"lock_id": "x", "force": true}  | 400 | invalid_body   | force
                    """)
    void whatIsWrongIsNamed(String path, String body, int status, String code, String detail) {
        Answer answer = service.client().postJson(path, body);

        assertThat(answer.status()).isEqualTo(status);
        ProblemsTest.assertProblem(answer, code);
        assertThat(answer.text("detail")).contains(detail);
        assertThat(service.client().get("/operations").text("operations")).isEqualTo("[]");
    }

    @Test
    void depthIsBounded() {
        Answer answer =
                service.client().postJson("/validate", "{\"files\": " + "[".repeat(200) + "]".repeat(200) + "}");

        ProblemsTest.assertProblem(answer, "malformed_json");
    }

    @Test
    void textThatIsNoUtf8IsRefused() {
        Answer answer = service.client()
                .send("POST", "/validate", new byte[] {'{', (byte) 0xff, '}'}, "Content-Type", "application/json");

        ProblemsTest.assertProblem(answer, "malformed_json");
    }

    @ParameterizedTest
    @ValueSource(strings = {"/validate", "/plan", "/apply", "/import", "/refresh", "/force-unlock"})
    void sizeIsBounded(String path) {
        Answer answer = service.client().postJson(path, " ".repeat(MAX_BYTES + 1));

        assertThat(answer.status()).isEqualTo(413);
        ProblemsTest.assertProblem(answer, "body_too_large");
    }

    @Test
    void sizeIsBoundedAlsoWhereItIsNotDeclared() throws IOException {
        String chunk = " ".repeat(MAX_BYTES);
        String length = Integer.toHexString(MAX_BYTES);
        String answer = raw("POST /validate HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n"
                + "Content-Type: application/json\r\nTransfer-Encoding: chunked\r\n\r\n"
                + length + "\r\n" + chunk + "\r\n" + length + "\r\n" + chunk + "\r\n0\r\n\r\n");

        assertThat(answer).startsWith("HTTP/1.1 413").contains("body_too_large");
    }

    @ParameterizedTest
    @ValueSource(strings = {"/validate", "/plan", "/apply", "/import", "/refresh", "/force-unlock"})
    void otherMediaTypesAreRefused(String path) {
        for (String type : new String[] {"text/plain", "application/x-www-form-urlencoded", "nonsense"}) {
            Answer answer =
                    service.client().send("POST", path, "{}".getBytes(StandardCharsets.UTF_8), "Content-Type", type);

            assertThat(answer.status()).isEqualTo(415);
            ProblemsTest.assertProblem(answer, "unsupported_media_type");
            assertThat(answer.header("Accept")).isEqualTo("application/json");
        }
    }

    @Test
    void encodedBodiesAreRefused() {
        Answer answer = service.client()
                .send(
                        "POST",
                        "/validate",
                        "{}".getBytes(StandardCharsets.UTF_8),
                        "Content-Type",
                        "application/json",
                        "Content-Encoding",
                        "gzip");

        ProblemsTest.assertProblem(answer, "unsupported_media_type");
    }

    @Test
    void noBodyNeedsNoMediaType() throws IOException {
        assertThat(service.client().post("/validate").status()).isEqualTo(200);
        assertThat(raw("POST /validate HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\nContent-Length: 0\r\n\r\n"))
                .startsWith("HTTP/1.1 200");
        assertThat(service.client()
                        .send(
                                "POST",
                                "/validate",
                                "{}".getBytes(StandardCharsets.UTF_8),
                                "Content-Type",
                                "application/json; charset=utf-8")
                        .status())
                .isEqualTo(200);
    }

    private static String raw(String request) throws IOException {
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), service.port())) {
            socket.getOutputStream().write(request.getBytes(StandardCharsets.ISO_8859_1));
            ByteArrayOutputStream answer = new ByteArrayOutputStream();
            socket.getInputStream().transferTo(answer);
            return answer.toString(StandardCharsets.UTF_8);
        }
    }
}
