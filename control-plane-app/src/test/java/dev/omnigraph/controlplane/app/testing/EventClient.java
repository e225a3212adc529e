package dev.omnigraph.controlplane.app.testing;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Iterator;
import java.util.stream.Stream;

/** Reads a stream of events as they come. */
public final class EventClient implements AutoCloseable {

    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private final Stream<String> lines;
    private final Iterator<String> remaining;

    private EventClient(Stream<String> lines) {
        this.lines = lines;
        this.remaining = lines.iterator();
    }

    public static EventClient open(RunningService service, String path, String... headers) {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + service.port() + path))
                .timeout(PATIENCE);
        try {
            HttpResponse<Stream<String>> answer = HttpClient.newHttpClient()
                    .send(
                            (headers.length == 0 ? request : request.headers(headers)).build(),
                            HttpResponse.BodyHandlers.ofLines());
            assertThat(answer.statusCode()).isEqualTo(200);
            assertThat(answer.headers().firstValue("Content-Type"))
                    .hasValueSatisfying(type -> assertThat(type).startsWith("text/event-stream"));
            return new EventClient(answer.body());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    /** An event: its id, its type and its data. */
    public record Event(String id, String type, String data) {}

    /** The next event; fails where the stream ends first. */
    public Event next() {
        String id = value("id: ");
        Event event = new Event(id, value("event: "), value("data: "));
        if (event.type().equals("operation")) {
            ApiContract.check("OperationSummary", event.data());
        }
        return event;
    }

    /** Reads on to the end of the stream. */
    public void awaitEnd() {
        while (remaining.hasNext()) {
            remaining.next();
        }
    }

    private String value(String prefix) {
        while (remaining.hasNext()) {
            String line = remaining.next();
            if (line.startsWith(prefix)) {
                return line.substring(prefix.length());
            }
        }
        throw new AssertionError("the stream has ended");
    }

    @Override
    public void close() {
        lines.close();
    }
}
