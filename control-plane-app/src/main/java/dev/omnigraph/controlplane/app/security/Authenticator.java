package dev.omnigraph.controlplane.app.security;

import dev.omnigraph.controlplane.app.problem.ProblemException;
import java.util.Optional;

/** Finds out whom a request speaks for. Asked again while a long answer is being sent. Thread-safe. */
@FunctionalInterface
public interface Authenticator {

    /**
     * The principal behind a request's credentials.
     *
     * @param authorization the value of the {@code Authorization} header, if the request has one
     * @throws ProblemException {@code unauthenticated} when the credentials are not acceptable, {@code
     *     credentials_unavailable} when that cannot be found out at present
     */
    Principal authenticate(Optional<String> authorization);
}
