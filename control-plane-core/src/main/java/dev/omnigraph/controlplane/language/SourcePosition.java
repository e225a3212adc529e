package dev.omnigraph.controlplane.language;

/**
 * A place in a source text.
 *
 * @param line counted from 1; lines end at LF
 * @param column counted from 1 in characters (code points), not bytes
 */
public record SourcePosition(int line, int column) {

    public SourcePosition {
        if (line < 1 || column < 1) {
            throw new IllegalArgumentException("lines and columns count from 1: " + line + ":" + column);
        }
    }

    @Override
    public String toString() {
        return line + ":" + column;
    }
}
