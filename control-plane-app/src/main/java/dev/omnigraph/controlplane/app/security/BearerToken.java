package dev.omnigraph.controlplane.app.security;

import dev.omnigraph.controlplane.app.problem.Problem;
import dev.omnigraph.controlplane.app.problem.ProblemCode;
import dev.omnigraph.controlplane.app.problem.ProblemException;
import java.util.Locale;
import java.util.regex.Pattern;
import org.springframework.http.HttpHeaders;

/** The one form in which credentials come (RFC 6750, section 2.1). No message ever repeats a token. */
public final class BearerToken {

    private static final String SCHEME = "bearer ";
    private static final Pattern PRINTABLE = Pattern.compile("[\\x21-\\x7e]+");

    private BearerToken() {}

    /**
     * The token in an {@code Authorization} header.
     *
     * @throws ProblemException {@code unauthenticated} when the header holds something else
     */
    static String in(String authorization) {
        if (authorization.toLowerCase(Locale.ROOT).startsWith(SCHEME)) {
            String token = authorization.substring(SCHEME.length()).strip();
            if (PRINTABLE.matcher(token).matches()) {
                return token;
            }
        }
        throw refused("the Authorization header is no bearer token");
    }

    /** A refusal that tells the client how to ask. */
    public static ProblemException refused(String detail) {
        return new ProblemException(Problem.of(ProblemCode.UNAUTHENTICATED, detail))
                .withHeader(HttpHeaders.WWW_AUTHENTICATE, "Bearer");
    }

    /** Nobody is let in on credentials that cannot be checked. */
    public static ProblemException unavailable(String detail) {
        return new ProblemException(Problem.of(ProblemCode.CREDENTIALS_UNAVAILABLE, detail));
    }
}
