package dev.omnigraph.controlplane.app.http;

import dev.omnigraph.controlplane.app.problem.Problem;
import dev.omnigraph.controlplane.app.problem.ProblemCode;
import dev.omnigraph.controlplane.app.problem.ProblemException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** How long a request is willing to wait for its answer. */
public final class Waiting {

    /** Nobody waits longer. */
    public static final Duration MAX = Duration.ofSeconds(60);

    private static final Pattern PREFERENCE =
            Pattern.compile("(?i)(?:^|[,;])\\s*wait\\s*=\\s*(\\d{1,9})\\s*(?=$|[,;])");
    private static final Pattern SECONDS = Pattern.compile("\\d{1,9}");

    private Waiting() {}

    /**
     * The {@code wait} preference among the values of a request's {@code Prefer} headers (RFC 7240), at most
     * {@link #MAX}. A preference that cannot be understood is no preference.
     */
    public static Duration preferred(List<String> preferences) {
        Matcher preference = PREFERENCE.matcher(String.join(",", preferences));
        return preference.find() ? atMost(Long.parseLong(preference.group(1))) : Duration.ZERO;
    }

    /**
     * The value of a {@code wait} parameter.
     *
     * @throws ProblemException when it is no whole number of seconds from 0 to 60
     */
    public static Duration parameter(Optional<String> wait) {
        if (wait.isEmpty()) {
            return Duration.ZERO;
        }
        if (SECONDS.matcher(wait.get()).matches() && Long.parseLong(wait.get()) <= MAX.toSeconds()) {
            return Duration.ofSeconds(Long.parseLong(wait.get()));
        }
        throw new ProblemException(Problem.of(
                ProblemCode.INVALID_PARAMETER,
                "wait is a whole number of seconds from 0 to " + MAX.toSeconds() + ", not `" + wait.get() + "`"));
    }

    private static Duration atMost(long seconds) {
        return Duration.ofSeconds(Math.min(seconds, MAX.toSeconds()));
    }
}
