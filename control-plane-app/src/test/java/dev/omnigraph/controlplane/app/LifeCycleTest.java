package dev.omnigraph.controlplane.app;

import static org.assertj.core.api.Assertions.assertThat;

import dev.omnigraph.controlplane.app.testing.Answer;
import dev.omnigraph.controlplane.app.testing.ApiClient;
import dev.omnigraph.controlplane.app.testing.RunningService;
import dev.omnigraph.controlplane.app.testing.SampleCluster;
import dev.omnigraph.controlplane.fault.FaultPoint;
import dev.omnigraph.controlplane.testendpoints.Gate;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Operations over HTTP while one of them is held up, across failures, stops and starts. */
class LifeCycleTest {

    private static final String[] WAIT = {"Prefer", "wait=60"};

    @TempDir
    Path folder;

    private final Gate gate = Gate.fresh();

    @BeforeEach
    void configure() {
        SampleCluster.in(folder);
        try (RunningService service = start()) {
            service.client().post("/import", WAIT);
        }
    }

    @Test
    void whatRunsIsShownWithItsProgressAndWhatWaitsCanBeCancelled() {
        try (RunningService service = gated("--control-plane.operations.queue-size=1")) {
            ApiClient client = service.client();
            String running = heldApply(client);
            String waiting = client.post("/apply").header("Location");

            Answer full = client.post("/apply");
            assertThat(full.status()).isEqualTo(429);
            assertThat(full.text("code")).isEqualTo("queue_full");
            assertThat(full.header("Retry-After")).isNotEmpty();

            Answer shown = client.get(running);
            assertThat(shown.header("Retry-After")).isNotEmpty();
            assertThat(shown.text("progress.phase")).isNotBlank();
            assertThat(client.get(waiting).text("state")).isEqualTo("queued");

            Answer cancelled = client.post(waiting + "/cancel");
            assertThat(cancelled.status()).isEqualTo(200);
            assertThat(cancelled.text("outcome")).isEqualTo("cancelled");
            assertThat(cancelled.text("started_at")).isEqualTo("null");
            assertThat(client.post(running + "/cancel").status()).isEqualTo(202);
            gate.open();

            assertThat(client.get(running + "?wait=60").text("outcome")).isEqualTo("converged");
            assertThat(client.get("/operations?state=cancelled&command=apply").text("operations"))
                    .contains(cancelled.text("operation_id"));
        }
    }

    @Test
    void pagesFollowTheirCursor() {
        try (RunningService service = start()) {
            ApiClient client = service.client();
            client.post("/refresh", WAIT);
            Answer first = client.get("/operations?limit=1");
            Answer second = client.get("/operations?limit=1&cursor=" + first.text("next_cursor"));

            assertThat(first.text("operations")).contains("\"refresh\"");
            assertThat(second.text("operations")).contains("\"import\"");
            assertThat(second.text("next_cursor")).isEqualTo("null");
        }
    }

    @Test
    void aCrashAfterACreateRequiresRecoveryAndTheNextApplyRecovers() {
        try (RunningService service = start("--control-plane.fault-points=cluster_apply.after_graph_create=error")) {
            Answer failed = service.client().post("/apply", WAIT);
            assertThat(failed.text("state")).isEqualTo("failed");
            assertThat(failed.text("outcome")).isEqualTo("recovery_required");
            assertThat(failed.text("problem.code")).isEqualTo("injected_failpoint");
            assertThat(service.client().get("/status").text("diagnostics")).contains("cluster_recovery_pending");
        }
        try (RunningService service = start()) {
            Answer recovered = service.client().post("/apply", WAIT);
            assertThat(recovered.text("outcome")).isEqualTo("converged");
            assertThat(recovered.text("result.diagnostics")).contains("cluster_recovery_rolled_forward");
        }
    }

    @Test
    void aStopFinishesWhatRunsAndInterruptsWhatWaits() {
        String running;
        String waiting;
        CompletableFuture<Answer> patient;
        try (RunningService service = gated()) {
            ApiClient client = service.client();
            running = heldApply(client);
            waiting = client.post("/apply").header("Location");
            String watched = running;
            patient = CompletableFuture.supplyAsync(() -> client.get(watched + "?wait=60"));
            CompletableFuture<Void> stopping = CompletableFuture.runAsync(service::close);
            Answer late = client.post("/apply");
            while (late.status() != 503) {
                late = client.post("/apply");
            }
            assertThat(late.text("code")).isEqualTo("shutting_down");
            gate.open();
            stopping.join();
        }
        assertThat(patient.join().text("outcome")).isEqualTo("converged");
        try (RunningService service = start()) {
            assertThat(service.client().get(running).text("outcome")).isEqualTo("converged");
            Answer interrupted = service.client().get(waiting);
            assertThat(interrupted.text("state")).isEqualTo("interrupted");
            assertThat(interrupted.text("problem.code")).isEqualTo("operation_interrupted");
            assertThat(interrupted.text("problem.remedy")).isNotBlank();
        }
    }

    @Test
    void whatAnEarlierProcessLeftRunningIsInterruptedByTheNextStart() throws IOException {
        Path record = onlyOperation();
        String ended = Files.readString(record);
        Files.writeString(
                record,
                ended.replace("\"state\": \"succeeded\"", "\"state\": \"running\"")
                        .replaceAll("\"finished_at\": .*,", "\"finished_at\": null,")
                        .replaceAll("\"outcome\": .*,", "\"outcome\": null,"));

        try (RunningService service = start()) {
            Answer operation = service.client().get("/operations/" + id(record));
            assertThat(operation.text("state")).isEqualTo("interrupted");
            assertThat(operation.text("outcome")).isEqualTo("interrupted");
        }
    }

    @Test
    void whatAnInstanceThatIsGoneLeftIsShownAsInterrupted() throws IOException {
        Path record = onlyOperation();
        String ended = Files.readString(record);
        Files.writeString(
                record,
                ended.replace("\"state\": \"succeeded\"", "\"state\": \"running\"")
                        .replaceAll("\"instance\": .*,", "\"instance\": \"elsewhere\","));

        try (RunningService service = start()) {
            String path = "/operations/" + id(record);
            assertThat(service.client().get(path).text("state")).isEqualTo("interrupted");
            assertThat(service.client().get("/operations?state=interrupted").body())
                    .contains(id(record));
            assertThat(service.client().post(path + "/cancel").text("code")).isEqualTo("operation_ended");
            assertThat(Files.readString(record)).contains("\"state\": \"running\"");
        }
    }

    @Test
    void aRecordThatCannotBeReadIsSaidToBeSo() throws IOException {
        Path record = onlyOperation();
        Files.writeString(record, "{\"format\": 2}");

        try (RunningService service = start()) {
            String path = "/operations/" + id(record);
            for (Answer answer :
                    List.of(service.client().get(path), service.client().post(path + "/cancel"))) {
                assertThat(answer.status()).isEqualTo(500);
                assertThat(answer.text("code")).isEqualTo("operation_unreadable");
                assertThat(answer.text("detail")).contains("format 2");
            }
            assertThat(service.client().get("/operations").text("unreadable")).contains(id(record));
        }
    }

    @Test
    void storageThatDoesNotAnswerTakesNothingOn() throws IOException {
        try (RunningService service = start()) {
            Path operations = folder.resolve("__control/operations");
            Files.move(operations, folder.resolve("moved"));
            Files.writeString(operations, "in the way");

            for (String path : new String[] {"/apply", "/import", "/refresh"}) {
                Answer answer = service.client().post(path);
                assertThat(answer.status()).isEqualTo(503);
                assertThat(answer.text("code")).isEqualTo("storage_unavailable");
            }
        }
    }

    private RunningService start(String... settings) {
        return RunningService.over(folder, settings);
    }

    private RunningService gated(String... settings) {
        return RunningService.with(Gate.Additions.class, folder, settings);
    }

    /** An apply that is held when no step is left before which it could be cancelled. */
    private String heldApply(ApiClient client) {
        gate.closeAt(FaultPoint.CLUSTER_APPLY_BEFORE_STATE_WRITE);
        String operation = client.post("/apply").header("Location");
        gate.awaitReached();
        return operation;
    }

    private Path onlyOperation() throws IOException {
        try (Stream<Path> files = Files.list(folder.resolve("__control/operations"))) {
            return files.filter(file -> file.toString().endsWith(".json"))
                    .findFirst()
                    .orElseThrow();
        }
    }

    private static String id(Path record) {
        return record.getFileName().toString().replace(".json", "");
    }
}
