package dev.omnigraph.controlplane.language;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class SourceExcerptTest {

    @Test
    void theCaretStandsBelowThePlace() {
        assertThat(excerpt("query q() {\n  match { $p: Persn }\n}", 2, 15))
                .isEqualTo("2 |   match { $p: Persn }\n  |               ^");
    }

    @Test
    void theEndOfTheTextIsAPlace() {
        assertThat(excerpt("ab", 1, 3)).isEqualTo("1 | ab\n  |   ^");
        assertThat(excerpt("ab\n", 2, 1)).isEqualTo("2 | \n  | ^");
        assertThat(excerpt("", 1, 1)).isEqualTo("1 | \n  | ^");
    }

    @Test
    void aPlaceOutsideTheTextIsShownWhereTheTextEnds() {
        assertThat(excerpt("ab\ncd", 1, 99)).isEqualTo("1 | ab\n  |   ^");
        assertThat(excerpt("ab\ncd", 10, 2)).isEqualTo("10 | cd\n   |  ^");
    }

    @Test
    void tabsAndCarriageReturnsDoNotMoveTheCaret() {
        assertThat(excerpt("\ta\tb\r\n", 1, 4)).isEqualTo("1 | \ta\tb\n  | \t \t^");
    }

    @Test
    void charactersOutsideTheBasicPlaneCountOnce() {
        assertThat(excerpt("😀x", 1, 2)).isEqualTo("1 | 😀x\n  |  ^");
    }

    @Test
    void nothingReachesTheTerminalThatSteersIt() {
        assertThat(excerpt("a\u001b[2J\u202eb\ud800", 1, 1)).startsWith("1 | a\ufffd[2J\ufffdb\ufffd\n");
    }

    @Test
    void ofALongLineOnlyTheSurroundingsAreShown() {
        String line = "a".repeat(300) + "X" + "b".repeat(300);
        assertThat(excerpt(line, 1, 301))
                .isEqualTo("1 | …" + "a".repeat(50) + "X" + "b".repeat(49) + "…\n  |  " + " ".repeat(50) + "^");
        assertThat(excerpt(line, 1, 1)).isEqualTo("1 | " + "a".repeat(100) + "…\n  | ^");
        assertThat(excerpt(line, 1, 602)).isEqualTo("1 | …" + "b".repeat(100) + "\n  |  " + " ".repeat(100) + "^");
    }

    private static String excerpt(String source, int line, int column) {
        return SourceExcerpt.of(source, new SourcePosition(line, column));
    }
}
