package dev.omnigraph.controlplane.app.security;

import dev.omnigraph.controlplane.app.problem.ProblemException;
import jakarta.servlet.http.HttpServletRequest;

/** Finds out whom a request speaks for. Thread-safe. */
@FunctionalInterface
public interface Authenticator {

    /**
     * The principal of a request.
     *
     * @throws ProblemException {@code unauthenticated} when the request's credentials are not acceptable
     */
    Principal authenticate(HttpServletRequest request);
}
