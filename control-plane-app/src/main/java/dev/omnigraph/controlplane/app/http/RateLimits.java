package dev.omnigraph.controlplane.app.http;

import dev.omnigraph.controlplane.app.problem.Problem;
import dev.omnigraph.controlplane.app.problem.ProblemCode;
import dev.omnigraph.controlplane.app.problem.ProblemException;
import dev.omnigraph.controlplane.app.security.Principal;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.Map;
import org.springframework.http.HttpHeaders;

/**
 * How many requests one principal may send: a bucket that fills at a steady rate, and of which each request takes one.
 * Those who are not known by name share one. Thread-safe.
 */
public final class RateLimits {

    /** So many principals are remembered; the one who was away longest is forgotten first, and begins anew. */
    static final int MAX_PRINCIPALS = 10_000;

    private static final String RETRY_AFTER = "1";
    private static final double NANOS_PER_SECOND = Duration.ofSeconds(1).toNanos();

    private final int perSecond;
    private final int burst;
    private final InstantSource clock;
    private final Map<String, Bucket> buckets = new LinkedHashMap<>(16, 0.75f, true) {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Bucket> eldest) {
            return size() > MAX_PRINCIPALS;
        }
    };

    private record Bucket(double left, Instant at) {}

    /** @param perSecond zero for no limit at all */
    public RateLimits(int perSecond, int burst, InstantSource clock) {
        this.perSecond = perSecond;
        this.burst = burst;
        this.clock = clock;
    }

    /**
     * Counts a request.
     *
     * @throws ProblemException {@code too_many_requests} when the principal has none left
     */
    public void count(Principal principal) {
        if (perSecond > 0 && !take(principal.actor().orElse(""))) {
            throw new ProblemException(Problem.of(
                            ProblemCode.TOO_MANY_REQUESTS,
                            "one principal may send " + perSecond + " requests a second; nothing was read or changed"))
                    .withHeader(HttpHeaders.RETRY_AFTER, RETRY_AFTER);
        }
    }

    private synchronized boolean take(String principal) {
        Instant now = clock.instant();
        Bucket before = buckets.getOrDefault(principal, new Bucket(burst, now));
        // A clock that was set back refills nothing, and takes nothing away.
        double seconds = Math.max(0, Duration.between(before.at(), now).toNanos() / NANOS_PER_SECOND);
        double left = Math.min(burst, before.left() + seconds * perSecond);
        boolean taken = left >= 1;
        buckets.put(principal, new Bucket(taken ? left - 1 : left, now));
        return taken;
    }
}
