package dev.omnigraph.controlplane.app;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.spi.ThrowableProxyUtil;
import ch.qos.logback.core.read.ListAppender;
import dev.omnigraph.controlplane.app.testing.Answer;
import dev.omnigraph.controlplane.app.testing.ApiClient;
import dev.omnigraph.controlplane.app.testing.EventClient;
import dev.omnigraph.controlplane.app.testing.RunningService;
import dev.omnigraph.controlplane.app.testing.SampleCluster;
import dev.omnigraph.controlplane.app.testing.TestIssuer;
import dev.omnigraph.controlplane.app.testing.TestTokens;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.LoggerFactory;

/** Marked secrets go in by every way there is; nothing that comes out, is logged or is stored has them in it. */
class SecretsTest {

    private static final String CANARY = "CANARY7f3a";
    /** Three encoded parts of which the first says what it is, so that what is wrong is found as late as possible. */
    private static final String UNSIGNED_JWT = encoded("{\"alg\":\"RS256\",\"kid\":\"" + CANARY + "\"}") + "."
            + encoded("{\"sub\":\"" + CANARY + "\"}") + "." + encoded(CANARY);

    private static final String ABSENT = "01KB3Q4ZJ2W7T5N8R6M1X9C0VD";
    /** Bodies with a secret in the place of a value, but for what is said for others to read. */
    private static final Map<String, List<String>> VALUES = Map.of(
            "/apply",
            List.of("{\"plan_digest\": ?, \"expected_state_cas\": ?}", "{\"plan_digest\": [?]}"),
            "/import",
            List.of("{\"if_missing\": ?}"),
            "/refresh",
            List.of("{\"accept_missing\": ?}"),
            "/force-unlock",
            List.of("{\"lock_id\": {\"is\": ?}}"),
            "/freeze",
            List.of("{\"reason\": [?]}"),
            "/validate",
            List.of("{\"files\": ?}", "{\"files\": {\"people.pg\": [?]}}"),
            "/recoveries/" + ABSENT + "/discard",
            List.of("{\"objects_digest\": ?}"),
            "/approvals",
            List.of(
                    "{\"resource\": \"graph.people\", \"plan_digest\": ?, \"seen\": ?}",
                    "{\"resource\": \"graph.people\", \"plan_digest\": \"x\", \"decision\": ?}",
                    "{\"resource\": \"graph.people\", \"plan_digest\": \"x\", \"expires_in\": ?}",
                    "{\"resource\": \"graph.people\", \"plan_digest\": \"x\", \"allow_data_movement\": ?}"));

    @TempDir
    Path folder;

    private final ListAppender<ILoggingEvent> log = new ListAppender<>();
    private final List<Answer> answers = new ArrayList<>();
    private TestIssuer issuer;
    private RunningService service;
    private String token;
    private Path tokenFile;

    @BeforeEach
    void start() {
        SampleCluster.in(folder);
        TestTokens tokens = TestTokens.in(folder);
        tokenFile = tokens.file();
        token = tokens.create("deploy-bot", "operator,approver,admin");
        issuer = TestIssuer.start();
        service = RunningService.start(
                "--logging.level.root=INFO",
                "--logging.level.dev.omnigraph=TRACE",
                RunningService.LONG_HEARTBEAT,
                "--control-plane.config-dir=" + folder,
                "--control-plane.authentication.token-file=" + tokens.file(),
                "--control-plane.authentication.issuer=" + issuer.location(),
                "--control-plane.authentication.audience=" + TestIssuer.AUDIENCE);
        log.start();
        root().addAppender(log);
    }

    @AfterEach
    void stop() {
        root().detachAppender(log);
        service.close();
        issuer.close();
    }

    @Test
    void noSecretComesOutNorIsKept() throws IOException {
        for (String authorization : List.of(
                CANARY,
                "Basic " + CANARY,
                "Bearer " + CANARY,
                "Bearer " + CANARY + " " + CANARY,
                "Bearer ogcp_" + CANARY,
                token.replaceAll("(ogcp_[^_]*_).*", "Bearer $1" + CANARY + "x".repeat(43 - CANARY.length())),
                "Bearer " + CANARY + "." + CANARY + "." + CANARY,
                "Bearer " + UNSIGNED_JWT)) {
            answers.add(client().get("/status", "Authorization", authorization));
            answers.add(client().post("/apply", "Authorization", authorization));
            answers.add(client().get("/events", "Authorization", authorization));
        }
        answers.add(send("GET", "/status?access_token=" + CANARY));
        answers.add(send("GET", "/status", "X-Anything", CANARY));
        answers.add(send("POST", "/import", "Idempotency-Key", CANARY, "Prefer", "wait=60"));
        answers.add(send("POST", "/import", "Idempotency-Key", CANARY, "Prefer", "wait=60"));
        answers.add(send("POST", "/apply", "Cookie", "session=" + CANARY, "Prefer", "wait=60"));
        answers.add(client().postJson("/apply", "{\"plan_digest\": \"" + CANARY, authorized()));
        answers.add(client().postJson("/import", CANARY, authorized("Idempotency-Key", CANARY)));
        for (String header :
                List.of("If-None-Match", "Last-Event-ID", "Accept", "Content-Type", "Content-Encoding", "Origin")) {
            answers.add(send("POST", "/plan", header, CANARY));
            answers.add(send("GET", "/status", header, CANARY));
            answers.add(send("GET", "/operations/" + ABSENT + "/events", header, CANARY));
        }
        answers.add(send("POST", "/refresh", "Prefer", "wait=" + CANARY));
        VALUES.forEach((path, bodies) -> bodies.forEach(body -> answers.add(
                client().postJson(path, body.replace("?", "\"" + CANARY + "\""), authorized("Prefer", "wait=60")))));
        answers.add(client().get("/operations", authorized("Accept", "application/jsonl")));
        try (EventClient events = EventClient.open(service, "/events", authorized())) {
            send("POST", "/refresh", "Idempotency-Key", CANARY + "2", "Prefer", "wait=60");
            assertThat(events.next().data()).doesNotContain(CANARY, token);
        }

        Answer metrics = send("GET", "/actuator/prometheus");
        assertThat(metrics.body()).contains("control_plane_operations_seconds_count{command=\"refresh\"");
        answers.add(metrics);

        assertThat(answers).allSatisfy(answer -> assertClean(answer.body() + answer.headers()));
        assertThat(log.list).isNotEmpty().allSatisfy(event -> assertClean(text(event)));
        assertThat(stored()).isNotEmpty().allSatisfy(SecretsTest::assertNoCanary);
        assertThat(stored()).noneMatch(text -> text.contains(token));
    }

    /** A token that somebody writes into the file, which holds hashes only. */
    @Test
    void noSecretOfATokenFileComesOut() throws IOException {
        String before = Files.readString(tokenFile);
        List<String> hashes = List.of(before.strip().split(":", -1));
        Files.writeString(tokenFile, before + "ogcp_01KB3Q4ZJ2W7T5N8R6M1X9C0VD_" + CANARY + "\n");
        Answer answer = send("GET", "/status");
        while (answer.status() != 503) {
            answers.add(answer);
            answer = send("GET", "/status");
        }
        answers.add(answer);

        assertThat(answers)
                .allSatisfy(sent -> assertClean(sent.body() + sent.headers()))
                .allSatisfy(sent -> assertThat(sent.body()).doesNotContain(hashes.get(hashes.size() - 1)));
        assertThat(log.list)
                .anySatisfy(event -> assertThat(text(event)).contains("line"))
                .allSatisfy(event -> assertClean(text(event)))
                .allSatisfy(event -> assertThat(text(event)).doesNotContain(hashes.get(hashes.size() - 1)));
    }

    @Test
    void nothingElseOfTheFrameworkIsServed() {
        for (String path : List.of("/actuator", "/actuator/metrics", "/actuator/env", "/actuator/configprops")) {
            assertThat(send("GET", path).status()).isEqualTo(404);
        }
    }

    private void assertClean(String text) {
        assertNoCanary(text);
        assertThat(text).doesNotContain(token.substring(token.lastIndexOf('_')));
    }

    private static void assertNoCanary(String text) {
        assertThat(text).doesNotContainIgnoringCase(CANARY).doesNotContain(UNSIGNED_JWT, encoded(CANARY));
    }

    private static String text(ILoggingEvent event) {
        return event.getFormattedMessage()
                + (event.getThrowableProxy() == null ? "" : ThrowableProxyUtil.asString(event.getThrowableProxy()));
    }

    /** Everything below the storage root: names and contents. */
    private List<String> stored() throws IOException {
        try (Stream<Path> files = Files.walk(folder)) {
            return files.filter(Files::isRegularFile)
                    .filter(file -> !file.getFileName().toString().equals("tokens"))
                    .map(file -> file + "\n" + content(file))
                    .toList();
        }
    }

    private static String content(Path file) {
        try {
            return new String(Files.readAllBytes(file), StandardCharsets.ISO_8859_1);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private Answer send(String method, String path, String... headers) {
        return client().send(method, path, new byte[0], authorized(headers));
    }

    private String[] authorized(String... headers) {
        return Stream.concat(Stream.of("Authorization", "Bearer " + token), Stream.of(headers))
                .toArray(String[]::new);
    }

    private ApiClient client() {
        return service.client();
    }

    private static String encoded(String text) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(text.getBytes(StandardCharsets.UTF_8));
    }

    private static Logger root() {
        return (Logger) LoggerFactory.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME);
    }
}
