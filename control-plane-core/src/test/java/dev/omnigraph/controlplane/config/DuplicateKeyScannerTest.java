package dev.omnigraph.controlplane.config;

import static org.assertj.core.api.Assertions.assertThat;

import dev.omnigraph.controlplane.config.DuplicateKeyScanner.DuplicateKey;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The line scanner of control-plane.md 2.4, with the blind spots that are part of it. */
class DuplicateKeyScannerTest {

    @Test
    void eachRepetitionIsReportedWithItsPathAndLine() {
        assertThat(DuplicateKeyScanner.scan("a: 1\nb:\n  c: 2\n  c: 3\na: 4\na: 5\n"))
                .containsExactly(new DuplicateKey("b.c", 4), new DuplicateKey("a", 5), new DuplicateKey("a", 6));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "a: {b: 1, b: 2}\n",
                "a:\n  b: 1\nc:\n  b: 2\n",
                "a: 1 # a: 2\n# a: 3\n",
                "- a: 1\n- a: 2\n",
                "a: 1\n\"a\": 2\n",
                "{a: 1\n{a: 2\n",
                "a\na\n",
                ": 1\n: 2\n",
                "a: 1\r\nb: 2\r\n"
            })
    void whatDoesNotRepeatAKeyOfALineIsNotSeen(String text) {
        assertThat(DuplicateKeyScanner.scan(text)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "a: |\n  a: 1\n  a: 2\n",
                "a: 1\n\ta: 2\n",
                "a: 1\n--- # next\na: 2\n",
                "a: 'x # \na: 1\n",
                "a : 1\na: 2\n",
                "a: 1\n\u00a0a\u3000: 2\n"
            })
    void linesThatLookLikeARepetitionAreOne(String text) {
        assertThat(DuplicateKeyScanner.scan(text)).isNotEmpty();
    }

    @Test
    void aHashInsideQuotesIsNoComment() {
        assertThat(DuplicateKeyScanner.scan("\"a#1\": x\n\"a#2\": y\n")).isEmpty();
        assertThat(DuplicateKeyScanner.scan("\"a\\\"#1\": x\n\"a\\\"#1\": y\n"))
                .containsExactly(new DuplicateKey("\"a\\\"#1\"", 2));
        assertThat(DuplicateKeyScanner.scan("a: it's # here\na: x\n")).hasSize(1);
    }
}
