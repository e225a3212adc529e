package dev.omnigraph.controlplane.app.security.tokens;

import dev.omnigraph.controlplane.id.UlidSource;
import java.io.ByteArrayOutputStream;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;

/** The token command, as tests call it. */
public final class TokenCommands {

    static final Instant NOW = Instant.parse("2026-11-25T12:00:00Z");

    private TokenCommands() {}

    /** Runs the command; what it tells people is dropped. */
    public static int run(ByteArrayOutputStream out, List<String> arguments) {
        return run(out, OutputStream.nullOutputStream(), arguments);
    }

    static int run(OutputStream out, OutputStream err, List<String> arguments) {
        return new TokenCommand(
                        new TokenIssuer(new UlidSource(), new SecureRandom()),
                        InstantSource.fixed(NOW),
                        new PrintStream(out, true, StandardCharsets.UTF_8),
                        new PrintStream(err, true, StandardCharsets.UTF_8))
                .run(arguments);
    }
}
