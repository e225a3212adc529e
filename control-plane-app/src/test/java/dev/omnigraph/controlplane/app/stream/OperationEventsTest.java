package dev.omnigraph.controlplane.app.stream;

import static org.assertj.core.api.Assertions.assertThat;

import dev.omnigraph.controlplane.app.operation.OperationView;
import dev.omnigraph.controlplane.operation.ClusterIdentity;
import dev.omnigraph.controlplane.operation.OperationOwner;
import dev.omnigraph.controlplane.operation.OperationRecord;
import dev.omnigraph.controlplane.operation.OperationSubmission;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.Test;

class OperationEventsTest {

    private static final String LOG = "01KB3Q4ZJ2W7T5N8R6M1X9C0VD";
    private static final Duration LONG = Duration.ofSeconds(30);

    private final OperationEvents events = new OperationEvents(LOG);
    private final OperationView view = new OperationView(new ClusterIdentity("test", "x"));

    @Test
    void whoWaitsGetsTheNextEventAtOnce() throws Exception {
        CompletableFuture<OperationEvents.Batch> waiting = CompletableFuture.supplyAsync(() -> after(0));
        events.changed(operation("01A"));

        assertThat(waiting.get().events())
                .extracting(event -> event.operation().id())
                .containsExactly("01A");
    }

    @Test
    void theNewestAreKeptAndWhoMissedSomeIsToldSo() {
        for (int i = 0; i < OperationEvents.KEPT + 5; i++) {
            events.changed(operation("01A"));
        }

        assertThat(after(4).complete()).isFalse();
        assertThat(after(5).complete()).isTrue();
        assertThat(after(5).events()).hasSize(OperationEvents.KEPT);
    }

    @Test
    void aStopEndsTheWaiting() throws Exception {
        CompletableFuture<OperationEvents.Batch> waiting = CompletableFuture.supplyAsync(() -> after(0));
        events.stop();

        assertThat(waiting.get().open()).isFalse();
    }

    @Test
    void aClientThatComesBackGetsWhatItMissed() throws Exception {
        events.changed(operation("01A"));
        events.changed(operation("01B"));

        String text = next(Optional.of(LOG + "-1"));

        assertThat(text)
                .startsWith("id: " + LOG + "-2\nevent: operation\ndata: {")
                .contains("\"01B\"")
                .endsWith("\n\n");
        assertThat(text).doesNotContain("\"01A\"");
    }

    @Test
    void aClientOfAnotherProcessOrOfTheFutureIsToldToLookAgain() throws Exception {
        events.changed(operation("01A"));

        for (String id : new String[] {"01ZZZZZZZZZZZZZZZZZZZZZZZZ-1", LOG + "-2", "nonsense", ""}) {
            assertThat(next(Optional.of(id))).startsWith("id: " + LOG + "-1\nevent: reset\n");
        }
    }

    @Test
    void aClientThatFellBehindIsToldSoAndGoesOn() throws Exception {
        for (int i = 0; i < OperationEvents.KEPT + 5; i++) {
            events.changed(operation("01A"));
        }

        assertThat(next(Optional.of(LOG + "-1")))
                .startsWith("id: " + LOG + "-5\nevent: reset\n")
                .contains(LOG + "-6\n");
    }

    @Test
    void aNewClientBeginsWithWhatHappensNext() throws Exception {
        events.changed(operation("01A"));

        assertThat(next(Optional.empty())).isEqualTo(":\n\n");
    }

    @Test
    void aStreamEndsWhenItsCredentialsCountNoMore() {
        AtomicInteger asked = new AtomicInteger();
        ByteArrayOutputStream out = new ByteArrayOutputStream();

        new EventStream((sse, patience) -> true, client(out, () -> asked.incrementAndGet() < 3)).writeTo(out);

        assertThat(asked).hasValue(3);
    }

    @Test
    void aStreamEndsWhenItsClientIsGone() {
        OutputStream gone = new OutputStream() {
            @Override
            public void write(int one) throws IOException {
                throw new IOException("broken pipe");
            }
        };

        new EventStream(
                        (sse, patience) -> {
                            throw new AssertionError("nothing is asked for");
                        },
                        client(gone, () -> true))
                .writeTo(gone);
    }

    private String next(Optional<String> lastEventId) throws IOException, InterruptedException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        AllOperations source = new AllOperations(events, view, lastEventId);
        source.writeNext(new ServerSentEvents(out, out), Duration.ZERO);
        return out.toString(StandardCharsets.UTF_8);
    }

    private static StreamClient client(OutputStream out, BooleanSupplier letIn) {
        return new StreamClient() {
            @Override
            public Optional<String> lastEventId() {
                return Optional.empty();
            }

            @Override
            public boolean isLetIn() {
                return letIn.getAsBoolean();
            }

            @Override
            public void flush() throws IOException {
                out.flush();
            }
        };
    }

    private OperationEvents.Batch after(long number) {
        try {
            return events.after(number, LONG);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    private static OperationRecord operation(String id) {
        Instant now = Instant.parse("2026-11-25T12:00:00Z");
        return OperationRecord.queued(new OperationSubmission(
                id,
                "apply",
                Optional.of("alice"),
                new OperationOwner("node", "host", now),
                now,
                Optional.empty(),
                Optional.empty()));
    }
}
