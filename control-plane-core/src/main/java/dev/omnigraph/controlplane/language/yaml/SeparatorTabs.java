package dev.omnigraph.controlplane.language.yaml;

import java.util.Set;
import org.yaml.snakeyaml.error.Mark;
import org.yaml.snakeyaml.error.MarkedYAMLException;

/**
 * Tabs between tokens. SnakeYAML refuses a tab that stands where a token could begin, and in flow style a space behind
 * one; libyaml refuses only tabs that indent a block, and takes the others as white space. So where reading stopped at
 * white space that does not indent, its tabs become spaces, which no token notices, and the text is read again. Not
 * thread-safe.
 */
final class SeparatorTabs {

    /** Characters that may be read again for tabs' sake in all, so that a text full of them stays cheap to refuse. */
    private static final int MAX_REREAD_CHARACTERS = 1 << 25;

    /** What SnakeYAML says it was doing where white space could stand: looking for a token, or for the end of a tag. */
    private static final Set<String> SEPARATING = Set.of("while scanning for the next token", "while scanning a tag");

    private String text;
    private long reread;

    SeparatorTabs(String text) {
        this.text = text;
    }

    /** The text with the tabs seen so far replaced; each position in it is the original one. */
    String text() {
        return text;
    }

    /** Replaces the tabs at which reading stopped; false where it stopped for another reason. */
    boolean replaceAt(MarkedYAMLException stop) {
        Mark mark = stop.getProblemMark();
        if (mark == null || stop.getContext() == null || !SEPARATING.contains(stop.getContext())) {
            return false;
        }
        int offset = text.offsetByCodePoints(0, mark.getIndex());
        int start = offset;
        while (start > 0 && isBlank(start - 1)) {
            start--;
        }
        int end = offset;
        while (end < text.length() && isBlank(end)) {
            end++;
        }
        if (text.substring(start, end).indexOf('\t') < 0 || (text.startsWith("\t", offset) && indents(start))) {
            return false;
        }
        reread += text.length();
        if (reread > MAX_REREAD_CHARACTERS) {
            return false;
        }
        text = text.substring(0, start) + " ".repeat(end - start) + text.substring(end);
        return true;
    }

    private boolean isBlank(int offset) {
        return text.charAt(offset) == ' ' || text.charAt(offset) == '\t';
    }

    /** In block style: whether white space here begins a line, or follows an indicator behind which a nested block could begin. */
    private boolean indents(int start) {
        int lineStart = 1 + Math.max(text.lastIndexOf('\n', start - 1), text.lastIndexOf('\r', start - 1));
        String before = text.substring(lineStart, start).strip();
        if (before.isEmpty() || before.equals(":")) {
            return true;
        }
        char last = before.charAt(before.length() - 1);
        boolean standsAlone = before.length() == 1 || Character.isWhitespace(before.charAt(before.length() - 2));
        return standsAlone && (last == '-' || last == '?');
    }
}
