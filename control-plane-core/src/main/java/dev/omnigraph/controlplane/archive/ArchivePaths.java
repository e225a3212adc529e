package dev.omnigraph.controlplane.archive;

import java.nio.charset.StandardCharsets;
import java.text.Normalizer;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * The paths of one archive. What is taken here can be unpacked on every usual file system to the same files: a stored
 * configuration is to mean the same everywhere. Used once; not thread-safe.
 */
final class ArchivePaths {

    private static final String SEPARATOR = "/";
    private static final String HERE = ".";

    /** What some file system cannot keep in a name, or takes for a separator. */
    private static final String NOT_PORTABLE = "\\:*?\"<>|";

    private final ArchiveLimits limits;
    private final Map<String, Taken> taken = new HashMap<>();

    /** A path that is there, or a folder on the way to one. */
    private record Taken(String spelled, boolean file) {}

    ArchivePaths(ArchiveLimits limits) {
        this.limits = limits;
    }

    /** Takes the path of a file; returns it in the one spelling that is stored. */
    String addFile(String name) throws ArchiveRefusedException {
        String path = plain(name);
        if (path.isEmpty()) {
            throw refused(ArchiveRule.PLAIN_SEGMENTS, name, "names the folder itself, but is a file");
        }
        addFolders(path, path.lastIndexOf('/'));
        Taken earlier = taken.putIfAbsent(folded(path), new Taken(path, true));
        if (earlier != null) {
            throw clash(path, earlier);
        }
        return path;
    }

    /** Takes the path of a folder, with or without a slash at its end; the same one may come again. */
    void addFolder(String name) throws ArchiveRefusedException {
        String path = plain(name.endsWith(SEPARATOR) ? name.substring(0, name.length() - 1) : name);
        addFolders(path, path.length());
    }

    private void addFolders(String path, int end) throws ArchiveRefusedException {
        for (int slash = path.indexOf('/'); slash >= 0 && slash < end; slash = path.indexOf('/', slash + 1)) {
            addOneFolder(path.substring(0, slash));
        }
        if (end > 0) {
            addOneFolder(path.substring(0, end));
        }
    }

    private void addOneFolder(String folder) throws ArchiveRefusedException {
        Taken earlier = taken.putIfAbsent(folded(folder), new Taken(folder, false));
        if (earlier != null && (earlier.file() || !earlier.spelled().equals(folder))) {
            throw clash(folder, earlier);
        }
    }

    private static ArchiveRefusedException clash(String path, Taken earlier) {
        return refused(
                ArchiveRule.DISTINCT_PATHS,
                path,
                earlier.spelled().equals(path)
                        ? "stands there twice"
                        : "differs from `" + earlier.spelled() + "` in case or in the form of characters only");
    }

    /** The path with single slashes between its segments; empty for the folder itself. */
    private String plain(String name) throws ArchiveRefusedException {
        if (name.startsWith(SEPARATOR)) {
            throw refused(ArchiveRule.RELATIVE_PATHS, name, "is absolute");
        }
        int bytes = name.getBytes(StandardCharsets.UTF_8).length;
        if (bytes > limits.maxPathBytes()) {
            throw refused(
                    ArchiveRule.MAX_PATH_LENGTH,
                    name,
                    "has " + bytes + " bytes; a path has at most " + limits.maxPathBytes());
        }
        String path = name.startsWith("./") ? name.substring(2) : name;
        if (path.isEmpty() || path.equals(HERE)) {
            return "";
        }
        List<String> segments = List.of(path.split(SEPARATOR, -1));
        for (String segment : segments) {
            check(name, segment);
        }
        if (segments.size() > limits.maxDepth()) {
            throw refused(
                    ArchiveRule.MAX_DEPTH,
                    name,
                    "has " + segments.size() + " segments; a path has at most " + limits.maxDepth());
        }
        return path;
    }

    private static void check(String name, String segment) throws ArchiveRefusedException {
        if (segment.isEmpty() || segment.equals(HERE) || segment.equals("..")) {
            throw refused(ArchiveRule.PLAIN_SEGMENTS, name, "has the segment `" + segment + "`");
        }
        if (segment.endsWith(HERE) || segment.endsWith(" ")) {
            throw refused(ArchiveRule.PATH_CHARACTERS, name, "has a segment that ends with a dot or a space");
        }
        int unwanted = segment.codePoints()
                .filter(ArchivePaths::isUnwanted)
                .findFirst()
                .orElse(-1);
        if (unwanted >= 0) {
            throw refused(ArchiveRule.PATH_CHARACTERS, name, String.format("has the character U+%04X", unwanted));
        }
    }

    private static boolean isUnwanted(int character) {
        if (NOT_PORTABLE.indexOf(character) >= 0) {
            return true;
        }
        int type = Character.getType(character);
        return type == Character.CONTROL
                || type == Character.FORMAT
                || type == Character.SURROGATE
                || type == Character.PRIVATE_USE
                || type == Character.LINE_SEPARATOR
                || type == Character.PARAGRAPH_SEPARATOR;
    }

    /** Equal for paths that some file system takes for one. */
    private static String folded(String path) {
        String upper = Normalizer.normalize(path, Normalizer.Form.NFKC).toUpperCase(Locale.ROOT);
        return Normalizer.normalize(upper.toLowerCase(Locale.ROOT), Normalizer.Form.NFKC);
    }

    private static ArchiveRefusedException refused(ArchiveRule rule, String name, String what) {
        return new ArchiveRefusedException(rule, "the path `" + shown(name) + "` " + what);
    }

    /** Whatever the name holds: one line, and not all of a very long one. */
    private static String shown(String name) {
        String line = name.codePoints()
                .limit(200)
                .map(character -> isUnwanted(character) && NOT_PORTABLE.indexOf(character) < 0 ? '\uFFFD' : character)
                .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
                .toString();
        return line.codePointCount(0, line.length()) < name.codePointCount(0, name.length()) ? line + "…" : line;
    }
}
