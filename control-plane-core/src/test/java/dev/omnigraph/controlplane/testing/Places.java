package dev.omnigraph.controlplane.testing;

import static org.assertj.core.api.Assertions.assertThat;

import dev.omnigraph.controlplane.language.LanguageException;
import dev.omnigraph.controlplane.language.SourceExcerpt;
import dev.omnigraph.controlplane.language.SourcePosition;

/** Asserts where errors are said to be. */
public final class Places {

    private Places() {}

    /** The error names a place, and it lies inside the text or right behind its line. */
    public static void assertInside(LanguageException error, String source) {
        assertThat(error.position()).as(error.getMessage()).isPresent();
        assertInside(error.position().orElseThrow(), source);
    }

    /** The place lies inside the text or right behind its line, and can be shown. */
    public static void assertInside(SourcePosition position, String source) {
        String[] lines = source.split("\n", -1);
        assertThat(position.line()).as(source).isBetween(1, lines.length);
        String line = lines[position.line() - 1];
        assertThat(position.column()).as(source).isBetween(1, line.codePointCount(0, line.length()) + 1);
        assertThat(SourceExcerpt.of(source, position)).endsWith("^");
    }
}
