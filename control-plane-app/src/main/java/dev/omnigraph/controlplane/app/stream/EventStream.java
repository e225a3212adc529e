package dev.omnigraph.controlplane.app.stream;

import java.io.IOException;
import java.io.OutputStream;
import java.time.Duration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.web.servlet.mvc.method.annotation.StreamingResponseBody;

/**
 * One answer that goes on. It ends when its source does, when the client is gone, or when the client's credentials stop to
 * count, which is looked at whenever something is sent, and every {@link #HEARTBEAT} at least.
 */
final class EventStream implements StreamingResponseBody {

    /** A stream without news says so this often. Revocations count within it and the age of the token file. */
    static final Duration HEARTBEAT = Duration.ofSeconds(2);

    private static final Logger LOG = LoggerFactory.getLogger(EventStream.class);

    private final EventSource source;
    private final StreamClient client;

    EventStream(EventSource source, StreamClient client) {
        this.source = source;
        this.client = client;
    }

    /** Where the events of a stream come from. Used by one thread. */
    interface EventSource {

        /**
         * Writes what there is, after waiting for it, but no longer than this.
         *
         * @return whether more can come
         */
        boolean writeNext(ServerSentEvents events, Duration patience) throws IOException, InterruptedException;
    }

    @Override
    public void writeTo(OutputStream out) {
        ServerSentEvents events = new ServerSentEvents(out, client);
        try {
            events.begin();
            while (source.writeNext(events, HEARTBEAT)) {
                if (!client.isLetIn()) {
                    return;
                }
            }
        } catch (IOException e) {
            LOG.debug("the client of a stream is gone", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
