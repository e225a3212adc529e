package dev.omnigraph.controlplane.language;

/**
 * Shows the place of an error in its source: the line, and below it a caret. Safe to print on a terminal: what steers
 * one, or turns the direction of writing, is shown as U+FFFD. Tabs stay tabs in both lines, so that the caret is where it
 * belongs however wide they are.
 */
public final class SourceExcerpt {

    /** Of longer lines only the part around the place is shown, counted in characters. */
    public static final int MAX_WIDTH = 100;

    private static final String CUT = "…";
    private static final char REPLACEMENT = '\uFFFD';

    private SourceExcerpt() {}

    /**
     * Two lines without a final line break. A place outside the text is shown at the end of its line or of the text.
     */
    public static String of(String source, SourcePosition position) {
        int[] line = line(source, position.line());
        int column = Math.min(position.column() - 1, line.length);
        int start = Math.max(0, Math.min(column - MAX_WIDTH / 2, line.length - MAX_WIDTH));
        int end = Math.min(line.length, start + MAX_WIDTH);

        String margin = Integer.toString(position.line());
        StringBuilder text = new StringBuilder(margin).append(" | ");
        StringBuilder caret = new StringBuilder(" ".repeat(margin.length())).append(" | ");
        if (start > 0) {
            text.append(CUT);
            caret.append(' ');
        }
        for (int i = start; i < end; i++) {
            text.appendCodePoint(shown(line[i]));
            if (i < column) {
                caret.append(line[i] == '\t' ? '\t' : ' ');
            }
        }
        return text.append(end < line.length ? CUT : "") + "\n" + caret.append('^');
    }

    /** The characters of a line, or of the last one where there are fewer; without its line break. */
    private static int[] line(String source, int number) {
        int start = 0;
        for (int line = 1; line < number && source.indexOf('\n', start) >= 0; line++) {
            start = source.indexOf('\n', start) + 1;
        }
        int lineFeed = source.indexOf('\n', start);
        int end = lineFeed < 0 ? source.length() : lineFeed;
        if (end > start && source.charAt(end - 1) == '\r') {
            end--;
        }
        return source.substring(start, end).codePoints().toArray();
    }

    private static int shown(int character) {
        boolean steers = switch (Character.getType(character)) {
            case Character.CONTROL -> character != '\t';
            case Character.FORMAT, Character.SURROGATE, Character.LINE_SEPARATOR, Character.PARAGRAPH_SEPARATOR -> true;
            default -> false;
        };
        return steers ? REPLACEMENT : character;
    }
}
