package dev.omnigraph.controlplane.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.omnigraph.controlplane.app.testing.Answer;
import dev.omnigraph.controlplane.app.testing.EventClient;
import dev.omnigraph.controlplane.app.testing.RunningService;
import dev.omnigraph.controlplane.app.testing.SampleCluster;
import dev.omnigraph.controlplane.fault.FaultPoint;
import dev.omnigraph.controlplane.testendpoints.Gate;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.diagnostics.FailureAnalysis;

/** Two services on one store: what is begun on one is seen, waited for, and stopped on the other. */
class ReplicasTest {

    private static final String[] WAIT = {"Prefer", "wait=60"};

    @TempDir
    Path folder;

    private final Gate gate = Gate.fresh();
    private RunningService one;
    private RunningService two;

    @BeforeEach
    void start() {
        SampleCluster.in(folder);
        one = RunningService.with(Gate.Additions.class, folder, "--control-plane.instance-id=one");
        two = replica("two");
        assertThat(two.client().post("/import", WAIT).text("outcome")).isEqualTo("converged");
    }

    @AfterEach
    void stop() {
        gate.open();
        one.close();
        two.close();
    }

    private RunningService replica(String instance) {
        return RunningService.over(folder, "--control-plane.instance-id=" + instance);
    }

    /** An apply that runs on the first, and is held there. */
    private String heldApply(FaultPoint point) {
        gate.closeAt(point);
        String operation = one.client().post("/apply").header("Location");
        gate.awaitReached();
        return operation;
    }

    @Test
    void anOperationOfOneIsWaitedForAndWatchedOnTheOther() {
        String operation = heldApply(FaultPoint.CLUSTER_APPLY_AFTER_PAYLOAD_PHASE);
        try (EventClient stream = EventClient.open(two, operation + "/events")) {
            CompletableFuture<Answer> waiting =
                    CompletableFuture.supplyAsync(() -> two.client().get(operation + "?wait=60"));
            assertThat(stream.next().data()).contains("\"state\":\"running\"");
            gate.open();

            EventClient.Event event = stream.next();
            while (!event.data().contains("\"state\":\"succeeded\"")) {
                event = stream.next();
            }
            stream.awaitEnd();
            assertThat(waiting.join().text("outcome")).isEqualTo("converged");
        }
        assertThat(two.client().get("/operations").body())
                .contains(one.client().get(operation).text("operation_id"));
    }

    /** Whoever loses the connection to one comes back to the other with what he saw last. */
    @Test
    void aStreamOfOneGoesOnWithTheOther() {
        String operation = heldApply(FaultPoint.CLUSTER_APPLY_AFTER_PAYLOAD_PHASE);
        String all;
        EventClient.Event event;
        try (EventClient stream = EventClient.open(one, operation + "/events")) {
            event = stream.next();
            assertThat(event.data()).contains("\"state\":\"running\"");
        }
        try (EventClient everything = EventClient.open(one, "/events")) {
            gate.open();
            all = everything.next().id();
        }

        try (EventClient stream = EventClient.open(two, operation + "/events", "Last-Event-ID", event.id())) {
            while (!event.data().contains("\"state\":\"succeeded\"")) {
                event = stream.next();
            }
            stream.awaitEnd();
        }
        for (RunningService either : List.of(one, two)) {
            try (EventClient stream = EventClient.open(either, operation + "/events", "Last-Event-ID", event.id())) {
                assertThatThrownBy(stream::next).as("nothing new").hasMessageContaining("ended");
            }
        }
        try (EventClient everything = EventClient.open(two, "/events", "Last-Event-ID", all)) {
            assertThat(everything.next().type()).as("of another instance").isEqualTo("reset");
        }
    }

    @Test
    void theHolderOfTheLockGivesSignsOfLifeAndIsNotRobbedByMistake() {
        String operation = heldApply(FaultPoint.CLUSTER_APPLY_AFTER_PAYLOAD_PHASE);

        Answer lock = two.client().get("/lock");
        assertThat(lock.text("holder.instance.instance")).isEqualTo("one");
        assertThat(lock.text("holder.instance.sign_of_life")).isIn("alive", "not_known_yet");
        Answer status = two.client().get("/status");
        assertThat(status.text("lock_holder.instance")).isEqualTo("one");
        String body = "{\"lock_id\": \"" + lock.text("holder.lock_id") + "\"";
        Answer refused = two.client().postJson("/force-unlock", body + "}");
        assertThat(refused.status()).isEqualTo(409);
        assertThat(refused.text("code")).isEqualTo("lock_holder_alive");
        assertThat(refused.text("detail")).contains("one");

        assertThat(two.client()
                        .postJson("/force-unlock", body + ", \"holder_seen_alive\": true}")
                        .status())
                .isEqualTo(200);
        // Nobody decides on what the first is still at work on, and it stops before its next step.
        assertThat(two.client().post("/plan").text("diagnostics")).contains("is at work on it");
        gate.open();
        Answer ended = two.client().get(operation + "?wait=60");
        assertThat(ended.text("problem.code")).isEqualTo("state_lock_error");
        assertThat(two.client().post("/apply", WAIT).text("outcome")).isEqualTo("converged");
    }

    @Test
    void whatRunsOnOneIsCancelledOnTheOther() {
        SampleCluster.in(folder).write("cluster.yaml", """
                version: 1
                graphs:
                  first:
                    schema: people.pg
                  second:
                    schema: people.pg
                """);
        String running = heldApply(FaultPoint.CLUSTER_APPLY_AFTER_GRAPH_CREATE);
        String waiting = one.client().post("/refresh").header("Location");

        assertThat(two.client().post(waiting + "/cancel").text("state")).isEqualTo("cancelled");
        Answer asked = two.client().post(running + "/cancel");
        assertThat(asked.status()).isEqualTo(202);
        gate.open();

        Answer ended = two.client().get(running + "?wait=60");
        assertThat(ended.text("outcome")).as(ended.body()).isEqualTo("cancelled");
        assertThat(folder.resolve("graphs/first.omni")).isDirectory();
        assertThat(folder.resolve("graphs/second.omni")).doesNotExist();
        assertThat(one.client().get(waiting).text("state")).isEqualTo("cancelled");
    }

    @Test
    void aKeyHoldsOnBoth() throws IOException {
        List<CompletableFuture<Answer>> racing = IntStream.range(0, 8)
                .mapToObj(number -> CompletableFuture.supplyAsync(() -> (number % 2 == 0 ? one : two)
                        .client()
                        .post("/refresh", "Idempotency-Key", "same", "Prefer", "wait=60")))
                .toList();

        assertThat(racing.stream()
                        .map(answer -> answer.join().text("operation_id"))
                        .distinct())
                .hasSize(1);
        assertThat(racing)
                .allSatisfy(answer -> assertThat(answer.join().text("outcome")).isEqualTo("converged"));
        try (Stream<Path> records = Files.list(folder.resolve("__control/operations"))) {
            assertThat(records.filter(file -> file.toString().endsWith(".json")))
                    .hasSize(2);
        }
    }

    @Test
    void aNameBelongsToOneProcess() {
        Throwable failure = catchThrowable(() -> replica("one").close());

        FailureAnalysis analysis = new StartRefusedAnalyzer().analyze(failure);
        assertThat(analysis).as("an explained refusal, not %s", failure).isNotNull();
        assertThat(analysis.getDescription()).contains("instance one", "signs of life");
        assertThat(analysis.getAction()).contains("control-plane.instance-id");
        assertThat(one.client().post("/refresh", WAIT).text("outcome")).isEqualTo("converged");
    }
}
