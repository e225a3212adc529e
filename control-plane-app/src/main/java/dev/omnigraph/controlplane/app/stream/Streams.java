package dev.omnigraph.controlplane.app.stream;

import dev.omnigraph.controlplane.app.operation.OperationView;
import dev.omnigraph.controlplane.app.operation.Operations;
import dev.omnigraph.controlplane.app.problem.Problem;
import dev.omnigraph.controlplane.app.problem.ProblemCode;
import dev.omnigraph.controlplane.app.problem.ProblemException;
import java.util.concurrent.Semaphore;
import org.springframework.http.HttpHeaders;
import org.springframework.web.servlet.mvc.method.annotation.StreamingResponseBody;

/** Opens streams, so many at a time. */
public final class Streams {

    private static final String RETRY_AFTER = "10";

    private final OperationEvents log;
    private final Operations operations;
    private final OperationView view;
    private final int maxStreams;
    private final Semaphore places;

    public Streams(OperationEvents log, Operations operations, OperationView view, int maxStreams) {
        this.log = log;
        this.operations = operations;
        this.view = view;
        this.maxStreams = maxStreams;
        this.places = new Semaphore(maxStreams);
    }

    /**
     * Everything that happens to operations from now on, or from the event on that the client saw last.
     *
     * @throws ProblemException {@code too_many_streams}
     */
    public StreamingResponseBody all(StreamClient client) {
        return limited(new EventStream(new AllOperations(log, view, client.lastEventId()), client));
    }

    /**
     * One operation until it is over.
     *
     * @throws ProblemException {@code too_many_streams}
     */
    public StreamingResponseBody one(String operationId, StreamClient client) {
        return limited(
                new EventStream(new OneOperation(log, operations, view, operationId, client.lastEventId()), client));
    }

    /**
     * Any other answer that takes its time; it has a place of its own among the streams.
     *
     * @throws ProblemException {@code too_many_streams}
     */
    public StreamingResponseBody limited(StreamingResponseBody body) {
        if (!places.tryAcquire()) {
            throw new ProblemException(
                            Problem.of(ProblemCode.TOO_MANY_STREAMS, maxStreams + " streams are open already"))
                    .withHeader(HttpHeaders.RETRY_AFTER, RETRY_AFTER);
        }
        return out -> {
            try {
                body.writeTo(out);
            } finally {
                places.release();
            }
        };
    }
}
