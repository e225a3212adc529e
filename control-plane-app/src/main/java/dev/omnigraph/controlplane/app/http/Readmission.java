package dev.omnigraph.controlplane.app.http;

import dev.omnigraph.controlplane.app.problem.ProblemException;
import dev.omnigraph.controlplane.app.security.Authenticator;
import dev.omnigraph.controlplane.app.security.Role;
import java.util.Optional;
import org.springframework.http.HttpHeaders;

/**
 * Looks again who sent a request that takes its time: a token may be revoked meanwhile, a principal may lose a role.
 * Thread-safe.
 */
public final class Readmission {

    private final Authenticator authenticator;

    public Readmission(Authenticator authenticator) {
        this.authenticator = authenticator;
    }

    /**
     * Lets the request go on to its answer.
     *
     * @throws ProblemException when it would not be let in now
     */
    public void require(HttpHeaders headers, Role role) {
        AccessInterceptor.requireRole(
                authenticator.authenticate(Optional.ofNullable(headers.getFirst(HttpHeaders.AUTHORIZATION))),
                Optional.of(role));
    }

    /** Whether it would be let in now. */
    public boolean isGranted(HttpHeaders headers, Role role) {
        try {
            require(headers, role);
            return true;
        } catch (ProblemException e) {
            return false;
        }
    }
}
