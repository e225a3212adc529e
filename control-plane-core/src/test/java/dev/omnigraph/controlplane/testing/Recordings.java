package dev.omnigraph.controlplane.testing;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.opentest4j.TestAbortedException;

/**
 * Finds the recordings of the engine's own tool, which lie beside the checkout. Where they are not, a test that needs
 * them is aborted, with a line on standard error that says so.
 */
public final class Recordings {

    private static final String FOLDER = "shared";
    private static final String MARKER = "golden";

    private Recordings() {}

    /**
     * A file or folder of the recordings, such as {@code golden/first-run/scenario.json}.
     *
     * @throws TestAbortedException where the recordings are not beside the checkout
     */
    public static Path path(String relative) {
        return root().resolve(relative);
    }

    /** The text of a recorded file. */
    public static String text(String relative) {
        try {
            return Files.readString(path(relative));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Path root() {
        for (Path folder = Path.of("").toAbsolutePath(); folder != null; folder = folder.getParent()) {
            Path candidate = folder.resolve(FOLDER);
            if (Files.isDirectory(candidate.resolve(MARKER))) {
                return candidate;
            }
        }
        String message = "LEFT OUT: no folder '" + FOLDER + "' with the recordings lies beside this checkout;"
                + " nothing was compared with the engine's own tool";
        System.err.println(message);
        throw new TestAbortedException(message);
    }
}
