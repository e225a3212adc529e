package dev.omnigraph.controlplane.app.security.tokens;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TokenCommandTest {

    @TempDir
    Path folder;

    private Path file;
    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final ByteArrayOutputStream err = new ByteArrayOutputStream();

    @BeforeEach
    void choose() {
        file = folder.resolve("tokens");
    }

    @Test
    void aNewTokenIsShownOnceAndOnlyItsHashIsKept() throws IOException {
        assertThat(run("create", file.toString(), "deploy-bot", "operator,approver", "P90D"))
                .isZero();

        String token = out.toString(StandardCharsets.UTF_8).strip();
        String kept = Files.readString(file);
        assertThat(TokenText.parse(token)).isPresent();
        assertThat(kept)
                .contains(" deploy-bot operator,approver 2027-02-23T12:00:00Z sha256:")
                .doesNotContain(token.substring(token.lastIndexOf('_') + 1));
        assertThat(err.toString(StandardCharsets.UTF_8)).doesNotContain(token);
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                .isEqualTo("rw-------");
    }

    @Test
    void twoTokensOfOnePrincipalShareNeitherSecretNorSalt() throws IOException {
        run("create", file.toString(), "alice", "viewer");
        run("create", file.toString(), "alice", "viewer");

        List<String> lines = Files.readAllLines(file);
        assertThat(lines).hasSize(2);
        assertThat(lines.get(0).split(":", -1)[1]).isNotEqualTo(lines.get(1).split(":", -1)[1]);
    }

    @Test
    void revokingTakesOneTokenOutAndKeepsTheRestWithItsComments() throws IOException {
        run("create", file.toString(), "alice", "viewer");
        Files.writeString(file, "# the console\n" + Files.readString(file));
        run("create", file.toString(), "bob", "admin");
        String alice = Files.readAllLines(file).get(1).split(" ", -1)[0];

        assertThat(run("revoke", file.toString(), alice)).isZero();

        assertThat(Files.readString(file))
                .startsWith("# the console\n")
                .contains(" bob ")
                .doesNotContain(" alice ");
        assertThat(run("revoke", file.toString(), alice)).isEqualTo(1);
    }

    @Test
    void aListTellsEverythingButHashes() {
        run("create", file.toString(), "alice", "viewer");
        out.reset();

        assertThat(run("list", file.toString())).isZero();
        assertThat(out.toString(StandardCharsets.UTF_8))
                .contains(" alice viewer -")
                .doesNotContain("sha256");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    create;%s;alice;boss          | there is no role `boss`
                    create;%s;al ice;viewer       | the principal is not
                    create;%s;alice;viewer;90     | no period
                    create;%s;alice;viewer;P0D    | at least a day
                    revoke;%s;01KB3Q4ZJ2W7T5N8R6M1X9C0VD | has no token
                    """)
    void whatCannotBeDoneChangesNothing(String arguments, String reason) {
        assertThat(run(arguments.formatted(file).split(";", -1))).isEqualTo(1);

        assertThat(err.toString(StandardCharsets.UTF_8)).contains("nothing was changed", reason);
        assertThat(file).doesNotExist();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "create", "revoke;x", "forge;x;y;z", "list"})
    void otherArgumentsAreAnsweredWithTheUsage(String arguments) {
        assertThat(run(arguments.isEmpty() ? new String[0] : arguments.split(";", -1)))
                .isEqualTo(2);
        assertThat(err.toString(StandardCharsets.UTF_8)).startsWith("usage:");
    }

    @Test
    void aFileThatIsNotUnderstoodIsLeftAlone() throws IOException {
        Files.writeString(file, "alice:secret\n");

        assertThat(run("create", file.toString(), "bob", "viewer")).isEqualTo(1);
        assertThat(Files.readString(file)).isEqualTo("alice:secret\n");
    }

    private int run(String... arguments) {
        return TokenCommands.run(out, err, new ArrayList<>(Arrays.asList(arguments)));
    }
}
