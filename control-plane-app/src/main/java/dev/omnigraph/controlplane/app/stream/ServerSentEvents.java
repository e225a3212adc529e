package dev.omnigraph.controlplane.app.stream;

import dev.omnigraph.controlplane.json.JsonObject;
import dev.omnigraph.controlplane.json.JsonText;
import java.io.Flushable;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;

/** Writes events as browsers and scripts read them ({@code text/event-stream}). */
final class ServerSentEvents {

    /** After so long a client that lost the connection tries again. */
    private static final Duration RETRY = Duration.ofSeconds(2);

    private final OutputStream out;
    private final Flushable flush;

    /** @param flush sends what was written on its way; the framework keeps the stream's own from doing so */
    ServerSentEvents(OutputStream out, Flushable flush) {
        this.out = out;
        this.flush = flush;
    }

    /** Sent at once, so that a client knows that it is connected. */
    void begin() throws IOException {
        write("retry: " + RETRY.toMillis() + "\n\n");
    }

    void event(String id, String type, JsonObject data) throws IOException {
        write("id: " + id + "\nevent: " + type + "\ndata: " + JsonText.compact(data) + "\n\n");
    }

    /** Says nothing; a client that is gone shows by it. */
    void heartbeat() throws IOException {
        write(":\n\n");
    }

    private void write(String text) throws IOException {
        out.write(text.getBytes(StandardCharsets.UTF_8));
        flush.flush();
    }
}
