package dev.omnigraph.controlplane.language.yaml;

import dev.omnigraph.controlplane.language.SourcePosition;
import java.util.Arrays;
import java.util.stream.IntStream;
import org.yaml.snakeyaml.error.Mark;

/**
 * Tells places in a text by lines that end in a line feed, as editors and the other languages here count them. SnakeYAML
 * ends lines at more characters than that. Immutable.
 */
final class TextLines {

    /** Where each line begins, in characters beyond the basic plane counting once. */
    private final int[] starts;

    TextLines(String text) {
        int[] characters = text.codePoints().toArray();
        this.starts = IntStream.concat(
                        IntStream.of(0),
                        IntStream.range(0, characters.length)
                                .filter(i -> characters[i] == '\n')
                                .map(i -> i + 1))
                .toArray();
    }

    SourcePosition at(Mark mark) {
        return at(mark.getIndex());
    }

    /** The place of a character, counted as the starts are. */
    SourcePosition at(int index) {
        int found = Arrays.binarySearch(starts, index);
        int line = found < 0 ? -found - 2 : found;
        return new SourcePosition(line + 1, index - starts[line] + 1);
    }
}
