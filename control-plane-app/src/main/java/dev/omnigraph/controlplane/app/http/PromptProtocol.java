package dev.omnigraph.controlplane.app.http;

import java.io.IOException;
import java.time.Duration;
import org.apache.coyote.Adapter;
import org.apache.coyote.Processor;
import org.apache.coyote.http11.Http11NioProtocol;
import org.apache.coyote.http11.Http11Processor;
import org.apache.tomcat.util.net.AbstractEndpoint.Handler.SocketState;
import org.apache.tomcat.util.net.SocketWrapperBase;

/**
 * HTTP/1.1 for clients that say what they want within a time. The container ends connections that say nothing; one that says
 * a byte now and then it would keep for good. The container makes it by its name, so that it is public and has no arguments.
 */
public final class PromptProtocol extends Http11NioProtocol {

    private Duration patience = Duration.ofMinutes(1);

    /** How long the line and the headers of a request may take. Before the start only. */
    public void setPatience(Duration patience) {
        this.patience = patience;
    }

    @Override
    protected Processor createProcessor() {
        return new PromptProcessor(this, getAdapter(), patience.toNanos());
    }

    private static final class PromptProcessor extends Http11Processor {

        private final long patience;

        PromptProcessor(PromptProtocol protocol, Adapter adapter, long patience) {
            super(protocol, adapter);
            this.patience = patience;
        }

        /** Comes here with each piece of a request; what is not whole yet waits for the next without a thread. */
        @Override
        public SocketState service(SocketWrapperBase<?> socket) throws IOException {
            SocketState state = super.service(socket);
            return state == SocketState.LONG && isLate() ? SocketState.CLOSED : state;
        }

        /** By the clock of the container, which notes the first byte. */
        private boolean isLate() {
            return System.nanoTime() - request.getStartTimeNanos() > patience;
        }
    }
}
