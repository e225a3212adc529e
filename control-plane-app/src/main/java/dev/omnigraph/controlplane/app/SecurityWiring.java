package dev.omnigraph.controlplane.app;

import dev.omnigraph.controlplane.app.security.Authenticator;
import dev.omnigraph.controlplane.app.security.DevelopmentAuthenticator;
import dev.omnigraph.controlplane.app.security.LoopbackGuard;
import dev.omnigraph.controlplane.app.settings.ControlPlaneSettings;
import dev.omnigraph.controlplane.app.settings.Mode;
import java.net.InetAddress;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.web.server.autoconfigure.ServerProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Who is let in. A service that would let in everyone does not start. */
@Configuration(proxyBeanMethods = false)
class SecurityWiring {

    /** @throws StartRefusedException in production, and where a {@code dev} service could be reached from elsewhere */
    @Bean
    Authenticator authenticator(ControlPlaneSettings settings, ServerProperties server) {
        if (settings.mode() == Mode.PRODUCTION) {
            throw new StartRefusedException(
                    "In production every request must be authenticated, and this version has no authentication yet.",
                    "For a service on your own machine start with --control-plane.mode=dev.");
        }
        requireLoopback(server.getAddress());
        return new DevelopmentAuthenticator();
    }

    @Bean
    LoopbackGuard loopbackGuard() {
        return new LoopbackGuard();
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
}
