package dev.omnigraph.controlplane.app.security.tokens;

import dev.omnigraph.controlplane.app.security.Role;
import dev.omnigraph.controlplane.id.IdSource;
import java.time.Instant;
import java.util.Base64;
import java.util.Optional;
import java.util.Set;
import java.util.random.RandomGenerator;

/** Makes tokens. */
final class TokenIssuer {

    private static final int SECRET_BYTES = 32;
    private static final int SALT_BYTES = 16;

    private final IdSource ids;
    private final RandomGenerator random;

    /** @param random unpredictable: the secrets are worth what it is worth */
    TokenIssuer(IdSource ids, RandomGenerator random) {
        this.ids = ids;
        this.random = random;
    }

    /** A new token and what is kept of it. */
    record Issued(TokenText token, TokenEntry entry) {}

    Issued issue(String principal, Set<Role> roles, Optional<Instant> expiresAt) {
        String secret = Base64.getUrlEncoder().withoutPadding().encodeToString(bytes(SECRET_BYTES));
        TokenText token = new TokenText(ids.nextUlid(), secret);
        TokenHash hash = TokenHash.of(secret, bytes(SALT_BYTES));
        return new Issued(token, new TokenEntry(token.id(), principal, roles, expiresAt, hash));
    }

    private byte[] bytes(int count) {
        byte[] bytes = new byte[count];
        random.nextBytes(bytes);
        return bytes;
    }
}
