package dev.omnigraph.controlplane.app.http;

import jakarta.servlet.ServletException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicBoolean;
import org.apache.catalina.connector.Request;
import org.apache.catalina.connector.Response;
import org.apache.catalina.valves.ValveBase;
import org.apache.coyote.ActionCode;
import org.apache.tomcat.util.net.ApplicationBufferHandler;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;

/**
 * What a client still sends of a body that nobody wants, because its request was refused by the headers. Whoever is cut off
 * while he sends may not see the answer, so that a little of it is read; but by few threads and for a short time, because
 * nobody had to be let in for that. Then the connection ends.
 */
public final class UnreadBodies extends ValveBase {

    /** So many such bodies are read at the same time; the connections of others end at once. */
    private static final int MAX_READING = 8;

    private static final int MAX_BYTES = 2 << 20;
    private static final Duration PATIENCE = Duration.ofSeconds(2);

    private final Semaphore places = new Semaphore(MAX_READING);
    private final InstantSource clock;

    public UnreadBodies(InstantSource clock) {
        super(true);
        this.clock = clock;
    }

    @Override
    public void invoke(Request request, Response response) throws IOException, ServletException {
        getNext().invoke(request, response);
        if (!request.isAsync() && !isRead(request) && !isReadNow(request, response)) {
            response.setHeader(HttpHeaders.CONNECTION, "close"); // without effect on an answer that is on its way
            request.getCoyoteRequest().action(ActionCode.DISABLE_SWALLOW_INPUT, null);
        }
    }

    private static boolean isRead(Request request) {
        AtomicBoolean read = new AtomicBoolean();
        request.getCoyoteRequest().action(ActionCode.REQUEST_BODY_FULLY_READ, read);
        return read.get();
    }

    private boolean isReadNow(Request request, Response response) {
        boolean worthwhile = response.getStatus() != HttpStatus.REQUEST_TIMEOUT.value()
                && !request.getCoyoteRequest().hasExpectation(); // would be told to go on
        if (!worthwhile || !places.tryAcquire()) {
            return false;
        }
        try {
            return isReadToTheEnd(request.getCoyoteRequest());
        } catch (IOException e) {
            return false;
        } finally {
            places.release();
        }
    }

    private boolean isReadToTheEnd(org.apache.coyote.Request request) throws IOException {
        Instant end = clock.instant().plus(PATIENCE);
        Discarded discarded = new Discarded();
        int total = 0;
        while (total <= MAX_BYTES && clock.instant().isBefore(end)) {
            int read = request.doRead(discarded);
            if (read < 0) {
                return true;
            }
            total += read;
        }
        return false;
    }

    /** Where the container puts what it reads. */
    private static final class Discarded implements ApplicationBufferHandler {

        private ByteBuffer last = ByteBuffer.allocate(0);

        @Override
        public void setByteBuffer(ByteBuffer buffer) {
            last = buffer;
        }

        @Override
        public ByteBuffer getByteBuffer() {
            return last;
        }

        @Override
        public void expand(int size) {}
    }
}
