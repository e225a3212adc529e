package dev.omnigraph.controlplane.app.security.tokens;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.omnigraph.controlplane.app.problem.ProblemException;
import dev.omnigraph.controlplane.app.security.Principal;
import dev.omnigraph.controlplane.app.security.Role;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TokenFileTest {

    private static final String ID = "01KB3Q4ZJ2W7T5N8R6M1X9C0VD";
    private static final String SECRET = "abcdefghijklmnopqrstuvwxyz0123456789-_ABCDE";
    private static final String TOKEN = "ogcp_" + ID + "_" + SECRET;
    private static final Instant EXPIRY = TokenCommands.NOW.plus(Duration.ofDays(1));
    private static final TokenEntry ENTRY =
            new TokenEntry(ID, "alice", Set.of(Role.OPERATOR), Optional.of(EXPIRY), TokenHash.of(SECRET, new byte[16]));

    @TempDir
    Path folder;

    private Path file;
    private Instant now = TokenCommands.NOW;

    @BeforeEach
    void write() throws IOException {
        file = folder.resolve("tokens");
        Files.write(file, List.of("# people", "", ENTRY.line()));
    }

    @Test
    void aTokenStandsForItsPrincipal() throws TokenFileException {
        assertThat(open().verify(TOKEN)).isEqualTo(new Principal(Optional.of("alice"), Set.of(Role.OPERATOR)));
    }

    @Test
    void anEntryIsReadAsItIsWritten() throws TokenFileException {
        assertThat(TokenEntry.parse(ENTRY.line())).isEqualTo(ENTRY);
    }

    @Test
    void aSecretThatDiffersInOneCharacterIsRefused() throws TokenFileException {
        assertRefused(open(), TOKEN.replace("ABCDE", "ABCDF"), 401, "not known");
    }

    @ParameterizedTest
    @CsvSource({"ogcp_", "ogcp_01KB3Q4ZJ2W7T5N8R6M1X9C0VD", "ogcp_01KB3Q4ZJ2W7T5N8R6M1X9C0VD_short"})
    void aTokenOfAnotherFormIsRefused(String token) throws TokenFileException {
        assertRefused(open(), token, 401, "not known");
    }

    @Test
    void fromItsExpiryOnATokenIsWorthNothing() throws TokenFileException {
        TokenFile tokens = open();
        now = EXPIRY.minusMillis(1);
        tokens.verify(TOKEN);
        now = EXPIRY;

        assertRefused(tokens, TOKEN, 401, "expired");
    }

    @Test
    void whatIsTakenOutCountsNoMoreAfterASecond() throws Exception {
        TokenFile tokens = open();
        Files.write(file, List.of());
        now = now.plusSeconds(1).minusMillis(1);
        tokens.verify(TOKEN);
        now = now.plusMillis(1);

        assertRefused(tokens, TOKEN, 401, "revoked");
    }

    @Test
    void aClockThatIsSetBackMakesNoReadingLast() throws Exception {
        TokenFile tokens = open();
        Files.write(file, List.of());
        now = now.minus(Duration.ofHours(1));

        assertRefused(tokens, TOKEN, 401, "revoked");
    }

    @Test
    void aFileThatIsSpoiledLetsNobodyInUntilItIsMended() throws Exception {
        TokenFile tokens = open();
        Files.write(file, List.of(ENTRY.line(), "half a li"));
        now = now.plus(TokenFile.MAX_AGE);
        assertRefused(tokens, TOKEN, 503, "nobody is let in");
        Files.delete(file);
        now = now.plus(TokenFile.MAX_AGE);
        assertRefused(tokens, TOKEN, 503, "nobody is let in");

        Files.write(file, List.of(ENTRY.line()));
        now = now.plus(TokenFile.MAX_AGE);
        assertThat(tokens.verify(TOKEN).actor()).contains("alice");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    01KB3Q4ZJ2W7T5N8R6M1X9C0VD alice viewer -                | 4 fields
                    01KB alice viewer - HASH                                 | no ULID
                    01KB3Q4ZJ2W7T5N8R6M1X9C0VD alicé viewer - HASH           | principal
                    01KB3Q4ZJ2W7T5N8R6M1X9C0VD alice viewer,boss - HASH      | no role `boss`
                    01KB3Q4ZJ2W7T5N8R6M1X9C0VD alice viewer tomorrow HASH    | expiry
                    01KB3Q4ZJ2W7T5N8R6M1X9C0VD alice viewer - md5:00         | last field
                    """)
    void aLineThatCannotBeUnderstoodIsNamed(String line, String reason) {
        String text = "# one\n" + line.replace("HASH", ENTRY.hash().text());

        assertThatThrownBy(() -> TokenList.parse(text))
                .isInstanceOf(TokenFileException.class)
                .hasMessageContainingAll("line 2", reason)
                .message()
                .doesNotContain(ENTRY.hash().hash());
    }

    @Test
    void anIdThatStandsThereTwiceSpoilsTheFile() {
        assertThatThrownBy(() -> TokenList.parse(ENTRY.line() + "\n" + ENTRY.line()))
                .hasMessageContainingAll("line 2", "twice");
    }

    @Test
    void aFileBeyondTheLimitIsRefused() throws IOException {
        Files.writeString(file, "#".repeat(TokenList.MAX_BYTES + 1));

        assertThatThrownBy(this::open).hasMessageContaining("more than 1048576 bytes");
    }

    @Test
    void aTokenInALogIsNoToken() {
        assertThat(new TokenText(ID, SECRET).toString()).doesNotContain(SECRET);
    }

    private TokenFile open() throws TokenFileException {
        return TokenFile.open(file, () -> now);
    }

    private static void assertRefused(TokenFile tokens, String token, int status, String reason) {
        assertThatThrownBy(() -> tokens.verify(token)).isInstanceOfSatisfying(ProblemException.class, refusal -> {
            assertThat(refusal.problem().status()).isEqualTo(status);
            assertThat(refusal.problem().detail()).contains(reason).doesNotContain(SECRET);
        });
    }
}
