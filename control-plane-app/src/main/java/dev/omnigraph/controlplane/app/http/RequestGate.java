package dev.omnigraph.controlplane.app.http;

import dev.omnigraph.controlplane.app.problem.Problem;
import dev.omnigraph.controlplane.app.problem.ProblemCode;
import dev.omnigraph.controlplane.app.problem.ProblemException;
import dev.omnigraph.controlplane.app.problem.ProblemWriter;
import dev.omnigraph.controlplane.app.security.LoopbackGuard;
import dev.omnigraph.controlplane.app.security.Principal;
import dev.omnigraph.controlplane.id.IdSource;
import jakarta.servlet.AsyncEvent;
import jakarta.servlet.AsyncListener;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.event.Level;
import org.springframework.http.HttpHeaders;
import org.springframework.web.filter.OncePerRequestFilter;

/**
 * The outermost filter: names each request, logs it in one line without query, headers or body, and answers what nobody
 * further in has answered.
 */
public final class RequestGate extends OncePerRequestFilter {

    /** The request's id, in the answer and in the log. */
    public static final String REQUEST_ID_HEADER = "X-Request-Id";

    private static final String HEALTH = "/actuator/health";
    private static final int FAILURE = 400;
    private static final Logger LOG = LoggerFactory.getLogger(RequestGate.class);

    private final Optional<LoopbackGuard> guard;
    private final IdSource ids;
    private final InstantSource clock;

    /** @param guard checks where a request comes from; empty outside {@code dev} mode */
    public RequestGate(Optional<LoopbackGuard> guard, IdSource ids, InstantSource clock) {
        this.guard = guard;
        this.ids = ids;
        this.clock = clock;
    }

    @Override
    protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        Instant begun = clock.instant();
        String id = ids.nextUlid();
        response.setHeader(REQUEST_ID_HEADER, id);
        response.setHeader("X-Content-Type-Options", "nosniff");
        response.setHeader(HttpHeaders.CACHE_CONTROL, "no-store");
        try {
            guard.ifPresent(check -> check.check(request));
            chain.doFilter(request, response);
        } catch (ProblemException e) {
            ProblemWriter.write(response, e.problem(), e.headers());
        } catch (ServletException | RuntimeException e) {
            LOG.error("request {} failed", id, e);
            ProblemWriter.write(response, internalError(id), Map.of());
        } finally {
            whenOver(request, () -> log(request, response, id, Duration.between(begun, clock.instant())));
        }
    }

    /** An answer that is still waited for, or streamed, is over later. */
    private static void whenOver(HttpServletRequest request, Runnable action) {
        if (request.isAsyncStarted()) {
            request.getAsyncContext().addListener(new OnComplete(action));
        } else {
            action.run();
        }
    }

    private record OnComplete(Runnable action) implements AsyncListener {
        @Override
        public void onComplete(AsyncEvent event) {
            action.run();
        }

        @Override
        public void onTimeout(AsyncEvent event) {}

        @Override
        public void onError(AsyncEvent event) {}

        @Override
        public void onStartAsync(AsyncEvent event) {
            event.getAsyncContext().addListener(this);
        }
    }

    /** A failure that nobody expected; what it was stands in the log under the request's id. */
    static Problem internalError(String requestId) {
        return Problem.of(
                ProblemCode.INTERNAL_ERROR,
                "request " + requestId + " failed in a way that the service does not know; whether it changed anything"
                        + " is not known");
    }

    private static void log(HttpServletRequest request, HttpServletResponse response, String id, Duration took) {
        Level level = saysNothing(request, response) ? Level.DEBUG : Level.INFO;
        LOG.atLevel(level)
                .log(
                        "{} {} -> {} in {} ms, principal {}, request {}",
                        request.getMethod(),
                        request.getRequestURI(),
                        response.getStatus(),
                        took.toMillis(),
                        PrincipalAttribute.of(request).flatMap(Principal::actor).orElse("-"),
                        id);
    }

    /** Probes come every few seconds, and pollers more often. */
    private static boolean saysNothing(HttpServletRequest request, HttpServletResponse response) {
        return response.getStatus() == HttpServletResponse.SC_NOT_MODIFIED
                || (request.getRequestURI().startsWith(HEALTH) && response.getStatus() < FAILURE);
    }
}
