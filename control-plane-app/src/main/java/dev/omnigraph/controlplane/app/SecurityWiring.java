package dev.omnigraph.controlplane.app;

import dev.omnigraph.controlplane.app.security.Authenticator;
import dev.omnigraph.controlplane.app.security.DevelopmentAuthenticator;
import dev.omnigraph.controlplane.app.security.TokenAuthenticator;
import dev.omnigraph.controlplane.app.security.TokenVerifier;
import dev.omnigraph.controlplane.app.security.oidc.IssuerKeys;
import dev.omnigraph.controlplane.app.security.oidc.JwtVerifier;
import dev.omnigraph.controlplane.app.security.oidc.PrincipalClaims;
import dev.omnigraph.controlplane.app.security.tokens.TokenFile;
import dev.omnigraph.controlplane.app.security.tokens.TokenFileException;
import dev.omnigraph.controlplane.app.settings.ControlPlaneSettings;
import dev.omnigraph.controlplane.app.settings.ControlPlaneSettings.Authentication;
import dev.omnigraph.controlplane.app.settings.Mode;
import java.net.InetAddress;
import java.net.URI;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.web.server.autoconfigure.ServerProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Who is let in. A service that would let in everyone does not start. */
@Configuration(proxyBeanMethods = false)
class SecurityWiring {

    private static final Set<String> LOOPBACK = Set.of("localhost", "127.0.0.1", "[::1]");

    /** @throws StartRefusedException where nobody would be authenticated and the service could be reached from elsewhere */
    @Bean
    Authenticator authenticator(ControlPlaneSettings settings, ServerProperties server, InstantSource clock) {
        if (settings.mode() == Mode.PRODUCTION) {
            return new TokenAuthenticator(verifiers(settings.authentication(), clock));
        }
        requireLoopback(server.getAddress());
        requireNoAuthentication(settings.authentication());
        return new DevelopmentAuthenticator();
    }

    private static List<TokenVerifier> verifiers(Authentication authentication, InstantSource clock) {
        List<TokenVerifier> verifiers = new ArrayList<>();
        authentication.tokenFile().ifPresent(file -> verifiers.add(tokenFile(Path.of(file), clock)));
        authentication.issuer().ifPresent(issuer -> verifiers.add(issuer(issuer, authentication, clock)));
        if (verifiers.isEmpty()) {
            throw new StartRefusedException(
                    "In production every request must be authenticated, and neither"
                            + " control-plane.authentication.token-file nor control-plane.authentication.issuer is set.",
                    "Make a token with ./token create and name its file, or name an OpenID Connect issuer. For a service"
                            + " on your own machine start with --control-plane.mode=dev.");
        }
        return verifiers;
    }

    private static TokenVerifier tokenFile(Path file, InstantSource clock) {
        try {
            return TokenFile.open(file, clock);
        } catch (TokenFileException e) {
            throw new StartRefusedException(
                    "The token file " + file + " (control-plane.authentication.token-file) lets nobody in: "
                            + e.getMessage() + ".",
                    "Correct the file, or make it anew with ./token create.");
        }
    }

    private static TokenVerifier issuer(String issuer, Authentication authentication, InstantSource clock) {
        requireSafe(issuer);
        String audience = authentication
                .audience()
                .orElseThrow(() -> new StartRefusedException(
                        "control-plane.authentication.issuer is set without control-plane.authentication.audience, so"
                                + " that a token made for any other service of the issuer would be taken.",
                        "Set the audience that the issuer writes into tokens for this service."));
        return new JwtVerifier(
                IssuerKeys.decoder(issuer, audience, clock),
                new PrincipalClaims(
                        authentication.nameClaim(), authentication.rolesClaim(), authentication.rolePrefix()));
    }

    private static void requireSafe(String issuer) {
        URI location = location(issuer);
        boolean safe = "https".equals(location.getScheme())
                || ("http".equals(location.getScheme())
                        && location.getHost() != null
                        && LOOPBACK.contains(location.getHost()));
        if (!safe) {
            throw new StartRefusedException(
                    "control-plane.authentication.issuer=" + issuer + " is no https address, so that anyone on the way"
                            + " could replace its keys.",
                    "Name the issuer as it stands in its tokens, beginning with https://.");
        }
    }

    private static URI location(String issuer) {
        try {
            return URI.create(issuer);
        } catch (IllegalArgumentException e) {
            throw new StartRefusedException(
                    "control-plane.authentication.issuer=" + issuer + " is no address.",
                    "Name the issuer as it stands in its tokens, beginning with https://.");
        }
    }

    private static void requireLoopback(@Nullable InetAddress address) {
        if (address == null || !address.isLoopbackAddress()) {
            throw new StartRefusedException(
                    "In dev mode everyone who reaches the service may do everything, and server.address="
                            + (address == null ? "(any)" : address.getHostAddress())
                            + " can be reached from other machines.",
                    "Set server.address to 127.0.0.1 or ::1, or leave it out.");
        }
    }

    /** Somebody who names tokens expects them to be asked for. */
    private static void requireNoAuthentication(Authentication authentication) {
        if (authentication.tokenFile().isPresent() || authentication.issuer().isPresent()) {
            throw new StartRefusedException(
                    "Authentication is configured, and dev mode asks nobody for it.",
                    "Leave control-plane.mode=dev out, or the settings below control-plane.authentication.");
        }
    }
}
