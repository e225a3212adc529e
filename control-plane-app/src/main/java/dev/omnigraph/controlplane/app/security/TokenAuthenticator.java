package dev.omnigraph.controlplane.app.security;

import java.util.List;
import java.util.Optional;

/** In production every request carries a token, and one of the configured verifiers has to know it. */
public final class TokenAuthenticator implements Authenticator {

    private final List<TokenVerifier> verifiers;

    /** @param verifiers at least one */
    public TokenAuthenticator(List<TokenVerifier> verifiers) {
        if (verifiers.isEmpty()) {
            throw new IllegalArgumentException("without a verifier nobody could be let in");
        }
        this.verifiers = List.copyOf(verifiers);
    }

    @Override
    public Principal authenticate(Optional<String> authorization) {
        String token = BearerToken.in(
                authorization.orElseThrow(() -> BearerToken.refused("the request has no Authorization header")));
        return verifiers.stream()
                .filter(verifier -> verifier.isResponsibleFor(token))
                .findFirst()
                .orElseThrow(() -> BearerToken.refused("the token is of no kind that this service takes"))
                .verify(token);
    }
}
