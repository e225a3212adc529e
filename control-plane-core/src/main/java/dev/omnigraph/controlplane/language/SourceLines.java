package dev.omnigraph.controlplane.language;

import java.util.Arrays;
import java.util.stream.IntStream;

/**
 * Where the lines of a text begin, so that an offset becomes a position without reading the text again; a file that is
 * one long line costs no more than any other. Immutable.
 */
final class SourceLines {

    private final int[] lineStarts;

    /** Offsets of the second halves of surrogate pairs: there a character takes two places in the text. */
    private final int[] pairEnds;

    private SourceLines(int[] lineStarts, int[] pairEnds) {
        this.lineStarts = lineStarts;
        this.pairEnds = pairEnds;
    }

    static SourceLines of(String source) {
        int[] starts = IntStream.concat(
                        IntStream.of(0),
                        IntStream.range(0, source.length())
                                .filter(at -> source.charAt(at) == '\n')
                                .map(at -> at + 1))
                .toArray();
        int[] pairs = IntStream.range(1, source.length())
                .filter(at -> Character.isSurrogatePair(source.charAt(at - 1), source.charAt(at)))
                .toArray();
        return new SourceLines(starts, pairs);
    }

    SourcePosition positionOf(int offset) {
        int line = countUpTo(lineStarts, offset);
        int lineStart = lineStarts[line - 1];
        int pairs = countUpTo(pairEnds, offset) - countUpTo(pairEnds, lineStart);
        return new SourcePosition(line, offset - lineStart - pairs + 1);
    }

    /** How many of the ascending values are not above the limit. */
    private static int countUpTo(int[] ascending, int limit) {
        int found = Arrays.binarySearch(ascending, limit);
        return found >= 0 ? found + 1 : -found - 1;
    }
}
