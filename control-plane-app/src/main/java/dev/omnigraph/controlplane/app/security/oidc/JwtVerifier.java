package dev.omnigraph.controlplane.app.security.oidc;

import dev.omnigraph.controlplane.app.security.BearerToken;
import dev.omnigraph.controlplane.app.security.Principal;
import dev.omnigraph.controlplane.app.security.PrincipalName;
import dev.omnigraph.controlplane.app.security.Role;
import dev.omnigraph.controlplane.app.security.TokenVerifier;
import java.util.Optional;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.security.oauth2.jwt.BadJwtException;
import org.springframework.security.oauth2.jwt.Jwt;
import org.springframework.security.oauth2.jwt.JwtDecoder;
import org.springframework.security.oauth2.jwt.JwtDecoderInitializationException;
import org.springframework.security.oauth2.jwt.JwtException;

/**
 * Takes the tokens of an OpenID Connect issuer. Signature, issuer, audience and times are the decoder's business; name and
 * roles come from claims. Whatever says nothing about a role gives none.
 */
public final class JwtVerifier implements TokenVerifier {

    private static final Logger LOG = LoggerFactory.getLogger(JwtVerifier.class);

    private final JwtDecoder decoder;
    private final PrincipalClaims claims;

    public JwtVerifier(JwtDecoder decoder, PrincipalClaims claims) {
        this.decoder = decoder;
        this.claims = claims;
    }

    /** A header, claims and a signature, joined by dots. */
    @Override
    public boolean isResponsibleFor(String token) {
        return token.chars().filter(character -> character == '.').count() == 2;
    }

    @Override
    public Principal verify(String token) {
        Jwt jwt = decode(token);
        String name = claims.name(jwt)
                .filter(PrincipalName::isOne)
                .orElseThrow(() ->
                        BearerToken.refused("the token's claim that names its principal is not " + PrincipalName.FORM));
        Set<Role> roles = claims.roles(jwt);
        return new Principal(Optional.of(name), roles);
    }

    /** What exactly is wrong with a token stays in the log: an answer would help whoever tries to make one up. */
    private Jwt decode(String token) {
        try {
            return decoder.decode(token);
        } catch (BadJwtException e) {
            LOG.info("a token of the issuer is refused: {}", e.getMessage());
            throw BearerToken.refused("the token is not valid, or not valid any more");
        } catch (JwtException | JwtDecoderInitializationException e) {
            LOG.error("tokens of the issuer cannot be checked", e);
            throw BearerToken.unavailable("the issuer's keys cannot be had");
        }
    }
}
