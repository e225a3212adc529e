package dev.omnigraph.controlplane.lance;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * The files below a graph root in a form that is equal for two graphs that differ only in what each writing makes anew:
 * random names, times, and the size of data files, in which texts of different lengths lie.
 */
final class DatasetFiles {

    private static final Pattern UUID = Pattern.compile("[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}");
    private static final Pattern DELETIONS = Pattern.compile("_deletions/[0-9-]+");
    private static final Pattern DATA_FILE = Pattern.compile("[01]{24}[0-9a-f]{26}");

    /** The time of a version, in seconds and nanoseconds. */
    private static final Pattern VERSION_TIME = Pattern.compile("7\\.[12] = \\d+");
    /** The size of a data file, in a version and in the transaction that wrote it. */
    private static final Pattern DATA_SIZE = Pattern.compile("^(2\\.2\\.6|102\\.1\\.2\\.6) = \\d+$");

    private static final int FOOTER_BYTES = 16;

    private DatasetFiles() {}

    /** Normalised name to content: decoded for files of Lance, empty for data files, else the text. */
    static Map<String, List<String>> below(Path root) throws IOException {
        List<Path> files;
        try (Stream<Path> walk = Files.walk(root)) {
            files = walk.filter(Files::isRegularFile).toList();
        }
        Map<String, List<String>> content = new TreeMap<>();
        for (Path file : files) {
            content.put(normalName(root.relativize(file).toString()), content(file));
        }
        return content;
    }

    /** Normalised names, of each as many as there are files. */
    static List<String> names(Path root) throws IOException {
        try (Stream<Path> walk = Files.walk(root)) {
            return walk.filter(Files::isRegularFile)
                    .map(file -> normalName(root.relativize(file).toString()))
                    .map(name -> DELETIONS.matcher(name).replaceAll("_deletions/ROWS"))
                    .sorted()
                    .toList();
        }
    }

    private static String normalName(String name) {
        return DATA_FILE.matcher(UUID.matcher(name).replaceAll("UUID")).replaceAll("DATA");
    }

    private static List<String> content(Path file) throws IOException {
        String name = file.toString();
        if (name.endsWith(".lance")) {
            return List.of();
        }
        if (name.endsWith(".txn")) {
            return normal(WireText.lines(Files.readAllBytes(file)), false);
        }
        return name.endsWith(".manifest") ? version(Files.readAllBytes(file)) : List.of(Files.readString(file));
    }

    /** A version file is a sequence of messages with their lengths, the version itself last, and a footer. */
    private static List<String> version(byte[] bytes) {
        ByteBuffer in = ByteBuffer.wrap(bytes, 0, bytes.length - FOOTER_BYTES).order(ByteOrder.LITTLE_ENDIAN);
        List<String> lines = new ArrayList<>();
        while (in.hasRemaining()) {
            byte[] message = new byte[in.getInt()];
            in.get(message);
            lines.add("message");
            lines.addAll(normal(WireText.lines(message), !in.hasRemaining()));
        }
        return lines;
    }

    private static List<String> normal(List<String> lines, boolean isVersion) {
        return lines.stream()
                .map(DatasetFiles::normalName)
                .map(line -> DATA_SIZE.matcher(line).replaceAll("$1 = SIZE"))
                .map(line -> isVersion && VERSION_TIME.matcher(line).matches() ? "TIME" : line)
                .toList();
    }
}
