package dev.omnigraph.controlplane.app;

import static org.assertj.core.api.Assertions.assertThat;

import dev.omnigraph.controlplane.app.operation.Operations;
import dev.omnigraph.controlplane.app.stream.OperationEvents;
import dev.omnigraph.controlplane.app.testing.ApiClient;
import dev.omnigraph.controlplane.app.testing.EventClient;
import dev.omnigraph.controlplane.app.testing.RawConnection;
import dev.omnigraph.controlplane.app.testing.RunningService;
import dev.omnigraph.controlplane.app.testing.SampleCluster;
import dev.omnigraph.controlplane.app.testing.TestTokens;
import dev.omnigraph.controlplane.archive.ConfigurationArchive;
import dev.omnigraph.controlplane.config.FileContent;
import dev.omnigraph.controlplane.operation.OperationRead;
import dev.omnigraph.controlplane.operation.OperationRecord;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Clients that take their time: they are cut off, and others are served. */
class SlowClientsTest {

    private static final String[] WAIT = {"Prefer", "wait=60"};
    private static final Pattern EVENT_ID = Pattern.compile("(?m)^id: (\\S+)$");
    private static final int EVENTS_AT_ONCE = 200;
    private static final int MORE_EVENTS_THAN_ARE_KEPT = 1001;
    private static final int LARGE_FILES = 4;
    private static final int LARGE_FILE_BYTES = 3 << 20;

    /** A client that holds a thread keeps everybody out. */
    private static final String[] ONE_THREAD = {"--server.tomcat.threads.max=1", "--server.tomcat.threads.min-spare=1"};

    @TempDir
    static Path folder;

    /** Takes requests that come at once. */
    private static RunningService hasty;

    /** Serves those who say or take something now and then. */
    private static RunningService impatient;

    /** Lets in those with a token. */
    private static RunningService guarded;

    private static String viewer;

    @BeforeAll
    static void start() throws IOException {
        hasty = over("hasty", "--control-plane.mode=dev", "--control-plane.http.request-timeout=500ms");
        impatient = over(
                "impatient",
                "--control-plane.mode=dev",
                "--server.tomcat.connection-timeout=2s",
                "--control-plane.http.max-streams=1");
        TestTokens tokens = TestTokens.in(folder);
        viewer = "Bearer " + tokens.create("console", "viewer");
        guarded = over("guarded", "--control-plane.authentication.token-file=" + tokens.file());
    }

    private static RunningService over(String name, String... settings) throws IOException {
        Path configuration = Files.createDirectory(folder.resolve(name));
        SampleCluster.in(configuration);
        List<String> all = new ArrayList<>(List.of(ONE_THREAD));
        all.add("--control-plane.config-dir=" + configuration);
        all.addAll(List.of(settings));
        return RunningService.start(all.toArray(String[]::new));
    }

    @AfterAll
    static void stop() {
        hasty.close();
        impatient.close();
        guarded.close();
    }

    @Test
    void aHeadThatNeverEndsIsCutOffAndHoldsNoThread() throws IOException {
        try (RawConnection slow = new RawConnection(hasty)) {
            slow.send("GET /lock HTTP/1.1\r\nHost: localhost\r\nX-Slow: ");
            assertThat(hasty.client().get("/lock").status()).isEqualTo(200);

            assertThat(slow.drip('x'))
                    .as("no answer, nor a refusal of headers that are too large")
                    .isEmpty();
        }
    }

    @Test
    void aRequestLineThatNeverEndsIsCutOff() throws IOException {
        try (RawConnection slow = new RawConnection(hasty)) {
            assertThat(slow.send("GET /").drip('x')).isEmpty();
        }
    }

    @Test
    void aBodyThatTakesTooLongIsRefused() throws IOException {
        try (RawConnection slow = new RawConnection(hasty)) {
            slow.send("POST /validate HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\n"
                    + "Content-Length: 100000\r\n\r\n{");

            assertThat(slow.drip(' ')).startsWith("HTTP/1.1 408 ").contains("\"code\": \"request_timeout\"");
            assertThat(hasty.client().get("/lock").status()).isEqualTo(200);
        }
    }

    @Test
    void aClientThatFallsSilentInItsBodyIsRefused() throws IOException {
        try (RawConnection slow = new RawConnection(impatient)) {
            slow.send("POST /validate HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\n"
                    + "Content-Length: 100000\r\n\r\n{");

            assertThat(slow.readToTheEnd()).startsWith("HTTP/1.1 408 ").contains("\"code\": \"request_timeout\"");
        }
    }

    /** Nobody had to be let in to send it. */
    @Test
    void theBodyOfARefusedRequestIsNotWaitedFor() throws IOException {
        try (RawConnection slow = new RawConnection(guarded)) {
            slow.send("POST /apply HTTP/1.1\r\nHost: localhost\r\nAuthorization: Bearer nobody\r\n"
                    + "Content-Length: 1000000\r\n\r\n{");

            assertThat(slow.drip(' '))
                    .startsWith("HTTP/1.1 401 ")
                    .contains("\"code\": \"unauthenticated\"", "Connection: close");
            assertThat(guarded.client().get("/lock", "Authorization", viewer).status())
                    .isEqualTo(200);
        }
    }

    /** Whoever sends all of it without looking still gets his answer, and keeps his connection. */
    @Test
    void theBodyOfARefusedRequestIsReadWhereItIsThere() throws IOException {
        try (RawConnection connection = new RawConnection(guarded)) {
            String answers = connection
                    .send("POST /apply HTTP/1.1\r\nHost: localhost\r\nContent-Length: 100000\r\n\r\n"
                            + " ".repeat(100_000))
                    .send("GET /actuator/health/liveness HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n")
                    .readToTheEnd();

            assertThat(answers).startsWith("HTTP/1.1 401 ").contains("HTTP/1.1 200 ");
        }
    }

    @Test
    void anAnswerThatNobodyReadsIsCutOff() throws IOException {
        byte[] archive = largeArchive();
        String stored = impatient
                .client()
                .send("POST", "/configurations", archive, "Content-Type", "application/zip")
                .header("Location");
        try (RawConnection deaf = new RawConnection(impatient)) {
            deaf.send("GET " + stored + " HTTP/1.1\r\nHost: localhost\r\nAccept: application/zip\r\n\r\n")
                    .awaitAnswer();

            assertThat(impatient.client().get("/lock").status()).isEqualTo(200);
            assertThat(deaf.readToTheEnd()).hasSizeLessThan(archive.length);
        }
    }

    @Test
    void aStreamThatNobodyReadsIsDroppedAndCanBeTakenUpAgain() throws IOException {
        OperationRecord operation = anOperation(impatient);
        String seen;
        try (RawConnection deaf = new RawConnection(impatient)) {
            deaf.send("GET /events HTTP/1.1\r\nHost: localhost\r\n\r\n").awaitAnswer();
            while (!hasPlace(impatient)) {
                happen(impatient, operation, EVENTS_AT_ONCE);
            }
            seen = lastEventId(deaf.readToTheEnd());
        }
        happen(impatient, operation, MORE_EVENTS_THAN_ARE_KEPT);
        try (EventClient again = EventClient.open(impatient, "/events", "Last-Event-ID", seen)) {
            assertThat(again.next().type()).isEqualTo("reset");
            assertThat(again.next().type()).isEqualTo("operation");
        }
    }

    private static boolean hasPlace(RunningService service) {
        return service.client()
                        .get("/operations", "Accept", "application/jsonl")
                        .status()
                == 200;
    }

    private static OperationRecord anOperation(RunningService service) {
        ApiClient client = service.client();
        String id = client.post("/import", WAIT).text("operation_id");
        OperationRead read = service.bean(Operations.class).find(id, Duration.ZERO);
        return ((OperationRead.Found) read).operation().record();
    }

    private static void happen(RunningService service, OperationRecord operation, int times) {
        OperationEvents log = service.bean(OperationEvents.class);
        for (int i = 0; i < times; i++) {
            log.changed(operation);
        }
    }

    private static String lastEventId(String stream) {
        return EVENT_ID.matcher(stream)
                .results()
                .map(MatchResult::group)
                .reduce((first, second) -> second)
                .orElseThrow()
                .substring("id: ".length());
    }

    /** What cannot be packed well. */
    private static byte[] largeArchive() {
        Random random = new Random(7);
        SortedMap<String, FileContent> files = new TreeMap<>();
        files.put("cluster.yaml", FileContent.of("version: 1\n".getBytes(StandardCharsets.UTF_8)));
        for (int i = 0; i < LARGE_FILES; i++) {
            byte[] content = new byte[LARGE_FILE_BYTES];
            random.nextBytes(content);
            files.put("large-" + i, FileContent.of(content));
        }
        return ConfigurationArchive.zip(files);
    }
}
