package dev.omnigraph.controlplane.app.security;

import dev.omnigraph.controlplane.app.problem.Problem;
import dev.omnigraph.controlplane.app.problem.ProblemCode;
import dev.omnigraph.controlplane.app.problem.ProblemException;
import jakarta.servlet.http.HttpServletRequest;
import java.util.Locale;
import java.util.regex.Pattern;
import org.springframework.http.HttpHeaders;

/**
 * In {@code dev} mode everyone on this machine may do everything, web pages in its browser included. So that a page
 * cannot reach the service by a name of its own that points here, nor by a plain cross-site request, both {@code Host}
 * and {@code Origin} must name the loopback.
 */
public final class LoopbackGuard {

    private static final Pattern LOOPBACK_AUTHORITY =
            Pattern.compile("(localhost|127\\.\\d{1,3}\\.\\d{1,3}\\.\\d{1,3}|\\[::1])(:\\d{1,5})?");
    private static final String ORIGIN_SCHEME = "http://";

    /**
     * Lets requests through that name the loopback.
     *
     * @throws ProblemException when one of the headers names another place
     */
    public void check(HttpServletRequest request) {
        String host = request.getHeader(HttpHeaders.HOST);
        if (host == null || !isLoopback(host)) {
            throw new ProblemException(
                    Problem.of(ProblemCode.HOST_NOT_ALLOWED, "the Host header does not name the loopback"));
        }
        String origin = request.getHeader(HttpHeaders.ORIGIN);
        if (origin != null
                && !(origin.startsWith(ORIGIN_SCHEME) && isLoopback(origin.substring(ORIGIN_SCHEME.length())))) {
            throw new ProblemException(
                    Problem.of(ProblemCode.ORIGIN_NOT_ALLOWED, "the Origin header does not name the loopback"));
        }
    }

    private static boolean isLoopback(String authority) {
        return LOOPBACK_AUTHORITY.matcher(authority.toLowerCase(Locale.ROOT)).matches();
    }
}
