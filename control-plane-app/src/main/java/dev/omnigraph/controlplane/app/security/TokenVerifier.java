package dev.omnigraph.controlplane.app.security;

import dev.omnigraph.controlplane.app.problem.ProblemException;

/** Knows one kind of token. Thread-safe. */
public interface TokenVerifier {

    /** Whether the token is of this kind, going by its form alone. */
    boolean isResponsibleFor(String token);

    /**
     * The principal that the token stands for.
     *
     * @throws ProblemException {@code unauthenticated} or {@code credentials_unavailable}
     */
    Principal verify(String token);
}
