package dev.omnigraph.controlplane.app.testing;

import static org.assertj.core.api.Assertions.assertThat;

import dev.omnigraph.controlplane.app.security.tokens.TokenCommands;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;

/** A token file of a test, kept by the command that operators use. */
public final class TestTokens {

    private final Path file;

    private TestTokens(Path file) {
        this.file = file;
    }

    public static TestTokens in(Path folder) {
        return new TestTokens(folder.resolve("tokens"));
    }

    public Path file() {
        return file;
    }

    /** A new token; what its holder sends. */
    public String create(String principal, String roles) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        int exit = TokenCommands.run(out, List.of("create", file.toString(), principal, roles));
        assertThat(exit).isZero();
        return out.toString(StandardCharsets.UTF_8).strip();
    }

    public void revoke(String token) {
        int exit = TokenCommands.run(
                new ByteArrayOutputStream(), List.of("revoke", file.toString(), token.split("_", -1)[1]));
        assertThat(exit).isZero();
    }
}
