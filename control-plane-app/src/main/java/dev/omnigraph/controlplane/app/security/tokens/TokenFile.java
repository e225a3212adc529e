package dev.omnigraph.controlplane.app.security.tokens;

import dev.omnigraph.controlplane.app.security.BearerToken;
import dev.omnigraph.controlplane.app.security.Principal;
import dev.omnigraph.controlplane.app.security.TokenVerifier;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The tokens of a file that people edit while the service runs. It is read again when what was read is a second old, so
 * that a token counts, or stops to, within that time. While the file cannot be read or understood, nobody is let in by
 * it: the change that spoiled it may have been a revocation.
 */
public final class TokenFile implements TokenVerifier {

    /** What was read may be so old. */
    static final Duration MAX_AGE = Duration.ofSeconds(1);

    private static final Logger LOG = LoggerFactory.getLogger(TokenFile.class);

    private final Path file;
    private final InstantSource clock;
    private Reading reading;

    private record Reading(Instant at, Optional<TokenList> tokens) {}

    private TokenFile(Path file, InstantSource clock, TokenList tokens) {
        this.file = file;
        this.clock = clock;
        this.reading = new Reading(clock.instant(), Optional.of(tokens));
    }

    /**
     * The tokens of this file.
     *
     * @throws TokenFileException when it cannot be read or understood now
     */
    public static TokenFile open(Path file, InstantSource clock) throws TokenFileException {
        return new TokenFile(file, clock, TokenList.read(file));
    }

    @Override
    public boolean isResponsibleFor(String token) {
        return token.startsWith(TokenText.PREFIX);
    }

    @Override
    public Principal verify(String token) {
        TokenList tokens = current()
                .orElseThrow(() -> BearerToken.unavailable("the token file cannot be read, so that nobody is let in"));
        TokenEntry entry = TokenText.parse(token)
                .flatMap(text ->
                        tokens.find(text.id()).filter(found -> found.hash().matches(text.secret())))
                .orElseThrow(() -> BearerToken.refused("the token is not known; it may have been revoked"));
        if (entry.isExpired(clock.instant())) {
            throw BearerToken.refused("the token has expired");
        }
        return new Principal(Optional.of(entry.principal()), entry.roles());
    }

    private synchronized Optional<TokenList> current() {
        Instant now = clock.instant();
        Duration age = Duration.between(reading.at(), now);
        // A clock that was set back must not make an old reading last.
        if (age.isNegative() || age.compareTo(MAX_AGE) >= 0) {
            reading = new Reading(now, read());
        }
        return reading.tokens();
    }

    private Optional<TokenList> read() {
        try {
            return Optional.of(TokenList.read(file));
        } catch (TokenFileException e) {
            LOG.error("the token file {} lets nobody in: {}", file, e.getMessage());
            return Optional.empty();
        }
    }
}
