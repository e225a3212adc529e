package dev.omnigraph.controlplane.lance;

import java.util.List;
import java.util.Objects;
import java.util.concurrent.Callable;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The one place that reads the messages of Lance {@value
 * dev.omnigraph.controlplane.lance.nativelib.NativeLibraries#LANCE_VERSION}, whose failures have no types
 * (graph-format.md 11, J1). Tests provoke each of them, so that another version of Lance cannot change them unseen.
 */
final class LanceFailures {

    private static final String EXISTS = "Dataset already exists";
    private static final String CONTENDED = "Too many concurrent writers";
    private static final Pattern MISSING = Pattern.compile("Dataset at path .* was not found.*", Pattern.DOTALL);

    /** How the operating system says that a file system below did not answer, in the words of Rust and of Java. */
    private static final List<String> UNANSWERED = List.of(
            "Input/output error",
            "Remote I/O error",
            "Stale file handle",
            "Stale NFS file handle",
            "Connection timed out",
            "Operation timed out",
            "Transport endpoint is not connected",
            "Host is down",
            "No route to host");

    private static final Pattern SOURCE_PLACES = Pattern.compile(", /[^,\\s]*\\.rs:\\d+:\\d+");
    private static final Pattern WRAPPERS =
            Pattern.compile("(java/io/IOException: |LanceError\\(\\w+\\): |Generic N/A error: |Cloned error: )");
    private static final int LONGEST_MESSAGE = 400;

    private LanceFailures() {}

    /**
     * Runs calls into Lance. It throws checked exceptions that its methods do not declare, so everything is caught.
     *
     * @throws LanceException whatever the calls throw
     */
    static <T> T call(Callable<T> calls) throws LanceException {
        try {
            return calls.call();
        } catch (LanceException e) {
            throw e;
        } catch (Exception e) {
            throw of(e);
        }
    }

    static LanceException of(Exception thrown) {
        return new LanceException(classify(thrown), describe(thrown), thrown);
    }

    static LanceFailure classify(Throwable thrown) {
        String message = Objects.requireNonNullElse(thrown.getMessage(), "");
        if (message.startsWith(EXISTS)) {
            return LanceFailure.DATASET_EXISTS;
        }
        if (message.startsWith(CONTENDED)) {
            return LanceFailure.CONTENTION;
        }
        if (MISSING.matcher(message).matches()) {
            return LanceFailure.DATASET_MISSING;
        }
        return isUnanswered(thrown) ? LanceFailure.STORAGE_UNANSWERED : LanceFailure.OTHER;
    }

    /** Whether a failure, of Lance or of a file operation, comes from a file system that did not answer. */
    static boolean isUnanswered(@Nullable Throwable thrown) {
        for (Throwable cause = thrown; cause != null; cause = cause.getCause()) {
            String message = Objects.requireNonNullElse(cause.getMessage(), "");
            if (cause instanceof StorageUnansweredException
                    || UNANSWERED.stream().anyMatch(message::contains)) {
                return true;
            }
        }
        return false;
    }

    /** What a failure says of itself. */
    static String reason(Throwable failure) {
        return Objects.requireNonNullElse(failure.getMessage(), failure.toString());
    }

    private static String describe(Throwable thrown) {
        String message = Objects.requireNonNullElse(
                thrown.getMessage(), thrown.getClass().getName());
        String plain =
                WRAPPERS.matcher(SOURCE_PLACES.matcher(message).replaceAll("")).replaceAll("");
        return plain.length() <= LONGEST_MESSAGE ? plain : plain.substring(0, LONGEST_MESSAGE) + "...";
    }
}
