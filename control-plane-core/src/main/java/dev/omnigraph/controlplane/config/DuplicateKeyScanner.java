package dev.omnigraph.controlplane.config;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * Finds repeated keys line by line, before the text is read as YAML (control-plane.md 2.4). The heuristic is part of the
 * format, blind spots included: it takes lines of block scalars for keys, and sees neither list items nor flow maps.
 */
final class DuplicateKeyScanner {

    private final Deque<Frame> frames = new ArrayDeque<>();
    private final List<DuplicateKey> duplicates = new ArrayList<>();

    /** The keys seen so far below one key. */
    private record Frame(int indent, String path, Set<String> keys) {

        static Frame of(int indent, String path) {
            return new Frame(indent, path, new HashSet<>());
        }

        String child(String key) {
            return path.isEmpty() ? key : path + "." + key;
        }
    }

    /**
     * A key that stands in its map for a second or later time.
     *
     * @param path from the document down, dotted
     * @param line counted from 1
     */
    record DuplicateKey(String path, int line) {}

    private DuplicateKeyScanner() {
        frames.push(Frame.of(-1, ""));
    }

    /** The repeated keys in the order of their lines. */
    static List<DuplicateKey> scan(String text) {
        DuplicateKeyScanner scanner = new DuplicateKeyScanner();
        int number = 0;
        for (String line : text.split("\n", -1)) {
            number++;
            scanner.scanLine(withoutComment(line), number);
        }
        return scanner.duplicates;
    }

    private void scanLine(String line, int number) {
        String trimmed = WhiteSpace.trimStart(line);
        int colon = trimmed.indexOf(':');
        if (trimmed.startsWith("-") || colon < 0) {
            return;
        }
        String key = WhiteSpace.trim(trimmed.substring(0, colon));
        if (key.isEmpty() || key.startsWith("{") || key.startsWith("[")) {
            return;
        }
        int indent = leadingSpaces(line);
        Frame parent = parentOf(indent);
        String path = parent.child(key);
        if (!parent.keys().add(key)) {
            duplicates.add(new DuplicateKey(path, number));
        }
        if (WhiteSpace.isBlank(trimmed.substring(colon + 1))) {
            frames.push(Frame.of(indent, path));
        }
    }

    private Frame parentOf(int indent) {
        while (indent <= frames.element().indent()) {
            frames.pop();
        }
        return frames.element();
    }

    private static int leadingSpaces(String line) {
        int spaces = 0;
        while (spaces < line.length() && line.charAt(spaces) == ' ') {
            spaces++;
        }
        return spaces;
    }

    private static String withoutComment(String line) {
        boolean inSingle = false;
        boolean inDouble = false;
        for (int i = 0; i < line.length(); i++) {
            char c = line.charAt(i);
            if (c == '\\' && inDouble) {
                i++;
            } else if (c == '"' && !inSingle) {
                inDouble = !inDouble;
            } else if (c == '\'' && !inDouble) {
                inSingle = !inSingle;
            } else if (c == '#' && !inSingle && !inDouble) {
                return line.substring(0, i);
            }
        }
        return line;
    }
}
