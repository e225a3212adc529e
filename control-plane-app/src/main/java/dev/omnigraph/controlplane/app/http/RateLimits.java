package dev.omnigraph.controlplane.app.http;

import dev.omnigraph.controlplane.app.problem.Problem;
import dev.omnigraph.controlplane.app.problem.ProblemCode;
import dev.omnigraph.controlplane.app.problem.ProblemException;
import dev.omnigraph.controlplane.app.security.Principal;
import java.time.InstantSource;
import org.springframework.http.HttpHeaders;

/** How many requests one principal may send. Those who are not known by name share one budget. Thread-safe. */
public final class RateLimits {

    private static final String RETRY_AFTER = "1";

    private final int perSecond;
    private final Budgets budgets;

    /** @param perSecond zero for no limit at all */
    public RateLimits(int perSecond, int burst, InstantSource clock) {
        this.perSecond = perSecond;
        this.budgets = new Budgets(perSecond, burst, clock);
    }

    /**
     * Counts a request.
     *
     * @throws ProblemException {@code too_many_requests} when the principal has none left
     */
    public void count(Principal principal) {
        if (perSecond > 0 && !budgets.take(principal.actor().orElse(""))) {
            throw new ProblemException(Problem.of(
                            ProblemCode.TOO_MANY_REQUESTS,
                            "one principal may send " + perSecond + " requests a second; nothing was read or changed"))
                    .withHeader(HttpHeaders.RETRY_AFTER, RETRY_AFTER);
        }
    }
}
