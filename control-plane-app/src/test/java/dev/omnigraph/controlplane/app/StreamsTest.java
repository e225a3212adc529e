package dev.omnigraph.controlplane.app;

import static org.assertj.core.api.Assertions.assertThat;

import dev.omnigraph.controlplane.app.security.Authenticator;
import dev.omnigraph.controlplane.app.security.BearerToken;
import dev.omnigraph.controlplane.app.security.Principal;
import dev.omnigraph.controlplane.app.security.Role;
import dev.omnigraph.controlplane.app.testing.Answer;
import dev.omnigraph.controlplane.app.testing.EventClient;
import dev.omnigraph.controlplane.app.testing.RunningService;
import dev.omnigraph.controlplane.app.testing.SampleCluster;
import dev.omnigraph.controlplane.app.testing.TestTokens;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Primary;

/** Answers that go on, and answers that are waited for. */
class StreamsTest {

    private static final String[] WAIT = {"Prefer", "wait=60"};
    private static final String HELD = "--control-plane.fault-points=cluster_apply.before_state_write=delay:2s";

    @TempDir
    Path folder;

    @BeforeEach
    void configure() {
        SampleCluster.in(folder);
        try (RunningService service = RunningService.over(folder)) {
            service.client().post("/import", WAIT);
        }
    }

    @Test
    void oneOperationIsWatchedToItsEnd() {
        try (RunningService service = RunningService.over(folder, HELD)) {
            String operation = service.client().post("/apply").header("Location");
            try (EventClient stream = EventClient.open(service, operation + "/events")) {
                EventClient.Event event = stream.next();
                while (!event.data().contains("\"state\":\"succeeded\"")) {
                    assertThat(event.type()).isEqualTo("operation");
                    event = stream.next();
                }
                assertThat(event.data()).contains("\"outcome\":\"converged\"").doesNotContain("\"result\"");
                stream.awaitEnd();
                try (EventClient again =
                        EventClient.open(service, operation + "/events", "Last-Event-ID", event.id())) {
                    again.awaitEnd();
                }
            }
        }
    }

    @Test
    void everyOperationIsWatchedAndAClientThatComesBackMissesNothing() {
        try (RunningService service = RunningService.over(folder)) {
            String lastSeen;
            try (EventClient stream = EventClient.open(service, "/events")) {
                service.client().post("/refresh", WAIT);
                EventClient.Event first = stream.next();
                assertThat(first.data()).contains("\"state\":\"queued\"", "\"command\":\"refresh\"");
                lastSeen = first.id();
            }
            String apply = service.client().post("/apply", WAIT).text("operation_id");
            try (EventClient stream = EventClient.open(service, "/events", "Last-Event-ID", lastSeen)) {
                assertThat(stream.next().data()).contains("\"state\":\"running\"", "\"command\":\"refresh\"");
                EventClient.Event event = stream.next();
                while (!event.data().contains("\"state\":\"succeeded\"")
                        || !event.data().contains(apply)) {
                    event = stream.next();
                }
            }
            try (EventClient stream =
                    EventClient.open(service, "/events", "Last-Event-ID", "01KB3Q4ZJ2W7T5N8R6M1X9C0VD-7")) {
                assertThat(stream.next().type()).isEqualTo("reset");
            }
        }
    }

    @Test
    void aStopEndsEveryStreamAndEveryWait() {
        CompletableFuture<Answer> waiting;
        EventClient stream;
        try (RunningService service = RunningService.over(folder)) {
            String tag = service.client().get("/status").header("ETag");
            waiting =
                    CompletableFuture.supplyAsync(() -> service.client().get("/status?wait=60", "If-None-Match", tag));
            stream = EventClient.open(service, "/events");
        }
        stream.awaitEnd();
        assertThat(waiting.join().status()).isIn(200, 304);
    }

    @Test
    void aRevokedTokenEndsItsStreams() {
        TestTokens tokens = TestTokens.in(folder);
        String viewer = tokens.create("console", "viewer");
        try (RunningService service = RunningService.start(
                        "--control-plane.config-dir=" + folder,
                        "--control-plane.authentication.token-file=" + tokens.file());
                EventClient stream = EventClient.open(service, "/events", "Authorization", "Bearer " + viewer)) {
            tokens.revoke(viewer);
            stream.awaitEnd();
        }
    }

    @Test
    void whoIsNotLetInAnyMoreIsNotToldWhatHeWaitedFor() {
        try (RunningService service = RunningService.with(FewAdmissions.class, folder)) {
            FewAdmissions.LEFT.set(2); // for each of two requests, and for no look again
            String operation = service.client().post("/apply").header("Location");
            assertThat(service.client().get(operation + "?wait=60").status()).isEqualTo(401);

            FewAdmissions.LEFT.set(1);
            assertThat(service.client().get("/status?wait=0").status()).isEqualTo(401);
        }
    }

    /** Lets in so many more times. No annotation: other services would find it too. */
    static class FewAdmissions {

        static final AtomicInteger LEFT = new AtomicInteger();

        @Bean
        @Primary
        Authenticator fewAdmissions() {
            return authorization -> {
                if (LEFT.decrementAndGet() < 0) {
                    throw BearerToken.refused("it is revoked");
                }
                return new Principal(Optional.of("alice"), EnumSet.allOf(Role.class));
            };
        }
    }

    @Test
    void onlySoManyStreamsAreOpen() {
        try (RunningService service = RunningService.over(folder, "--control-plane.http.max-streams=1")) {
            EventClient open = EventClient.open(service, "/events");
            Answer refused = service.client().get("/events");
            assertThat(refused.status()).isEqualTo(429);
            ProblemsTest.assertProblem(refused, "too_many_streams");
            assertThat(refused.header("Retry-After")).isNotEmpty();
            open.close();
            // The place is free again once the service has noticed.
            while (service.client()
                            .get("/operations", "Accept", "application/jsonl")
                            .status()
                    != 200) {
                Thread.onSpinWait();
            }
        }
    }

    @Test
    void theStatusIsWaitedForUntilItIsAnother() {
        try (RunningService service = RunningService.over(folder)) {
            String tag = service.client().get("/status").header("ETag");
            assertThat(service.client()
                            .get("/status?wait=1", "If-None-Match", tag)
                            .status())
                    .isEqualTo(304);
            assertThat(service.client().get("/status?wait=60").status())
                    .as("nothing is known yet")
                    .isEqualTo(200);

            CompletableFuture<Answer> waiting =
                    CompletableFuture.supplyAsync(() -> service.client().get("/status?wait=60", "If-None-Match", tag));
            service.client().post("/apply", WAIT);

            Answer changed = waiting.join();
            assertThat(changed.status()).isEqualTo(200);
            assertThat(changed.header("ETag")).isNotEqualTo(tag);
        }
    }

    @Test
    void whatIsVerifiedIsNotWaitedFor() {
        try (RunningService service = RunningService.over(folder)) {
            String tag = service.client().get("/status").header("ETag");

            Answer answer = service.client().get("/status?verify=catalog&wait=60", "If-None-Match", tag);

            assertThat(answer.status()).isEqualTo(304);
        }
    }

    @Test
    void aTagThatIsNoneIsRefused() {
        try (RunningService service = RunningService.over(folder)) {
            for (String path : new String[] {"/status", "/status?wait=1"}) {
                for (String tag : new String[] {"", "nothing"}) {
                    Answer answer = service.client().get(path, "If-None-Match", tag);
                    ProblemsTest.assertProblem(answer, "invalid_parameter");
                    assertThat(answer.status()).isEqualTo(400);
                }
            }
        }
    }

    @Test
    void whatAnotherProcessChangedIsNoticed() throws IOException {
        try (RunningService service = RunningService.over(folder)) {
            String tag = service.client().get("/status").header("ETag");
            CompletableFuture<Answer> waiting =
                    CompletableFuture.supplyAsync(() -> service.client().get("/status?wait=60", "If-None-Match", tag));
            Path ledger = folder.resolve("__cluster/state.json");
            Path written = Files.writeString(
                    folder.resolve("other-ledger"),
                    Files.readString(ledger).replace("\"state_revision\": 1", "\"state_revision\": 7"));
            Files.move(written, ledger, StandardCopyOption.ATOMIC_MOVE);

            assertThat(waiting.join().text("state_observations.state_revision")).isEqualTo("7");
        }
    }

    @Test
    void theAuditLogIsExportedLineByLine() throws IOException {
        try (RunningService service = RunningService.over(folder)) {
            service.client().post("/apply", "Prefer", "wait=60", "Authorization", "Bearer alice");
            String refresh = service.client().post("/refresh", WAIT).text("operation_id");
            Files.writeString(folder.resolve("__control/operations/" + refresh + ".json"), "{\"format\": 2}");

            Answer all = service.client().get("/operations", "Accept", "application/jsonl");
            Answer alices = service.client().get("/operations?actor=alice", "Accept", "application/jsonl");

            List<String> lines = all.body().lines().toList();
            assertThat(lines).hasSize(3);
            assertThat(lines).anySatisfy(line -> assertThat(line).contains(refresh, "\"unreadable\":true"));
            assertThat(alices.body()).contains("\"actor\":\"alice\"", "\"result\":{");
            assertThat(service.client()
                            .get("/operations?limit=1", "Accept", "application/jsonl")
                            .text("code"))
                    .isEqualTo("invalid_parameter");
        }
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    */*                                          | application/json
                    text/html                                    | application/json
                    application/json, application/jsonl          | application/json
                    application/jsonl, application/json          | application/jsonl
                    application/json;q=0.5, application/jsonl    | application/jsonl
                    application/jsonl;q=0.5, */*                 | application/json
                    """)
    void operationsComeAsTheClientWouldRatherHaveThem(String accepted, String sent) {
        try (RunningService service = RunningService.over(folder)) {
            assertThat(service.client().get("/operations", "Accept", accepted).mediaType())
                    .isEqualTo(sent);
        }
    }

    @Test
    void operationsAreFiltered() {
        try (RunningService service = RunningService.over(folder)) {
            service.client().post("/apply", "Prefer", "wait=60", "Authorization", "Bearer alice");

            assertThat(service.client()
                            .get("/operations?actor=alice&outcome=converged")
                            .text("operations"))
                    .contains("\"apply\"")
                    .doesNotContain("\"import\"");
            assertThat(service.client()
                            .get("/operations?since=2999-01-01T00:00:00Z")
                            .text("operations"))
                    .isEqualTo("[]");
            assertThat(service.client()
                            .get("/operations?until=2999-01-01T00:00:00Z")
                            .text("operations"))
                    .contains("\"import\"");
            for (String query : new String[] {"outcome=fine", "since=yesterday", "until=1", "command=deploy"}) {
                assertThat(service.client().get("/operations?" + query).status())
                        .isEqualTo(400);
            }
        }
    }
}
