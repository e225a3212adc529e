package dev.omnigraph.controlplane.language;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class SourceScannerTest {

    @Test
    void whiteSpaceAndCommentsSeparateElements() throws LanguageException {
        SourceScanner scanner =
                SourceScanner.of(" \t\r\n// to the end of the line */\n/* a /* b */ node /**/ A // end");

        assertThat(scanner.take("node")).isTrue();
        assertThat(scanner.take(TokenRule.TYPE_NAME, "a type name"))
                .get()
                .extracting(Token::text)
                .isEqualTo("A");
        assertThat(scanner.atEnd()).isTrue();
    }

    @Test
    void aKeywordNeedsNoBoundary() throws LanguageException {
        SourceScanner scanner = SourceScanner.of("nodePerson");

        assertThat(scanner.take("node")).isTrue();
        assertThat(scanner.take(TokenRule.TYPE_NAME, "a type name"))
                .get()
                .extracting(Token::text)
                .isEqualTo("Person");
    }

    @Test
    void formFeedAndNoBreakSpaceAreNoWhiteSpace() throws LanguageException {
        assertThat(SourceScanner.of("\f").atEnd()).isFalse();
        assertThat(SourceScanner.of("\u00a0").atEnd()).isFalse();
    }

    @Test
    void anUnclosedBlockCommentIsNotSkipped() throws LanguageException {
        SourceScanner scanner = SourceScanner.of("a /* b");
        scanner.take("a");
        scanner.failed(scanner.nextElement(), "the end of the text");

        assertThat(scanner.syntaxError())
                .hasMessage("line 1, column 3: expected the end of the text, found a block comment that is not closed");
    }

    @Test
    void tokensEndWhereTheirRuleEnds() {
        assertThat(TokenRule.LOWER_NAME.endOfMatch("_aZ9-", 0)).isEqualTo(4);
        assertThat(TokenRule.LOWER_NAME.endOfMatch("Az", 0)).isEqualTo(TokenRule.NO_MATCH);
        assertThat(TokenRule.TYPE_NAME.endOfMatch("Z9_x\u00e9", 0)).isEqualTo(4);
        assertThat(TokenRule.DIGITS.endOfMatch("007.", 0)).isEqualTo(3);
        assertThat(TokenRule.DIGITS.endOfMatch("\u0661", 0)).isEqualTo(TokenRule.NO_MATCH);
        assertThat(TokenRule.DECIMAL.endOfMatch("1.50e3", 0)).isEqualTo(4);
        assertThat(TokenRule.DECIMAL.endOfMatch("1.", 0)).isEqualTo(TokenRule.NO_MATCH);
        assertThat(TokenRule.DECIMAL.endOfMatch("12", 0)).isEqualTo(TokenRule.NO_MATCH);
        assertThat(TokenRule.STRING.endOfMatch("\"a\\\"b\n\"c", 0)).isEqualTo(7);
        assertThat(TokenRule.STRING.endOfMatch("\"a\\\"", 0)).isEqualTo(TokenRule.NO_MATCH);
        assertThat(TokenRule.STRING.endOfMatch("\"\\", 0)).isEqualTo(TokenRule.NO_MATCH);
    }

    @Test
    void escapesAreReplacedOnceAndOthersRefusedWhereTheyStand() throws LanguageException {
        String text = "\n  \"q\\\"b\\\\n\\t\\n\\r /\"";
        SourceScanner scanner = SourceScanner.of(text);
        Token string = scanner.take(TokenRule.STRING, "a string").orElseThrow();
        assertThat(scanner.unescape(string)).isEqualTo("q\"b\\n\t\n\r /");

        SourceScanner bad = SourceScanner.of("\n \"\uD83D\uDE00\\q\"");
        Token badString = bad.take(TokenRule.STRING, "a string").orElseThrow();
        assertThatThrownBy(() -> bad.unescape(badString))
                .isInstanceOf(LanguageException.class)
                .hasMessageStartingWith("line 2, column 4: ")
                .hasMessageContaining("found a backslash before 'q'");
    }

    @Test
    void columnsCountCharactersAndLinesEndAtLineFeeds() throws LanguageException {
        SourceScanner scanner = SourceScanner.of("\uD83D\uDE00x\r\ny");

        assertThat(scanner.position(3)).isEqualTo(new SourcePosition(1, 3));
        assertThat(scanner.position(5)).isEqualTo(new SourcePosition(2, 1));
        assertThat(scanner.position(2)).isEqualTo(new SourcePosition(1, 2));
    }

    @Test
    void anErrorNamesTheFurthestElementAndWhereItBreaksOff() throws LanguageException {
        SourceScanner scanner = SourceScanner.of("enum(x y)");
        assertThat(scanner.take("enum")).isTrue();
        assertThat(scanner.take("(")).isTrue();
        assertThat(scanner.take(TokenRule.LOWER_NAME, "a value")).isPresent();
        assertThat(scanner.take(",")).isFalse();
        assertThat(scanner.take(")")).isFalse();
        scanner.failed(0, "an enum");

        assertThat(scanner.syntaxError())
                .hasMessage("line 1, column 1: what begins here breaks off at 1:8: expected ',' or ')', found 'y'");
    }

    @Test
    void aSourceOverTheLimitIsRefusedUnread() {
        String longest = " ".repeat(SourceScanner.MAX_SOURCE_BYTES - 2);
        assertThatThrownBy(() -> SourceScanner.of(longest + "\u20ac"))
                .isInstanceOf(LanguageException.class)
                .hasMessageContaining("1048577 bytes");
        assertThat(catchError(longest + "\u00e9")).isNull();
    }

    private static LanguageException catchError(String source) {
        try {
            SourceScanner.of(source);
            return null;
        } catch (LanguageException e) {
            return e;
        }
    }
}
