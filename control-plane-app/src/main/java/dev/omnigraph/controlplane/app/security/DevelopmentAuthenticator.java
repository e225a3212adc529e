package dev.omnigraph.controlplane.app.security;

import dev.omnigraph.controlplane.app.problem.Problem;
import dev.omnigraph.controlplane.app.problem.ProblemCode;
import dev.omnigraph.controlplane.app.problem.ProblemException;
import jakarta.servlet.http.HttpServletRequest;
import java.util.EnumSet;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;
import org.springframework.http.HttpHeaders;

/** In {@code dev} mode a bearer token is the name of someone who may do everything; without one nobody is named. */
public final class DevelopmentAuthenticator implements Authenticator {

    private static final String SCHEME = "bearer ";
    private static final Pattern NAME = Pattern.compile("[\\x21-\\x7e]{1,256}");

    @Override
    public Principal authenticate(HttpServletRequest request) {
        String authorization = request.getHeader(HttpHeaders.AUTHORIZATION);
        return new Principal(
                authorization == null ? Optional.empty() : Optional.of(name(authorization)), EnumSet.allOf(Role.class));
    }

    private static String name(String authorization) {
        if (authorization.toLowerCase(Locale.ROOT).startsWith(SCHEME)) {
            String token = authorization.substring(SCHEME.length()).strip();
            if (NAME.matcher(token).matches()) {
                return token;
            }
        }
        throw new ProblemException(Problem.of(
                        ProblemCode.UNAUTHENTICATED,
                        "the Authorization header is no bearer token of 1 to 256 printable ASCII characters"))
                .withHeader(HttpHeaders.WWW_AUTHENTICATE, "Bearer");
    }
}
