package dev.omnigraph.controlplane.desired;

import java.time.Instant;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * One state of what is desired.
 *
 * @param id 40 lowercase hex digits: the first of the SHA-256 of the stored record
 * @param parent the revision before; empty for the first
 * @param message why, for people
 */
public record Revision(
        String id,
        Optional<String> parent,
        ConfigurationName configuration,
        Optional<String> message,
        Optional<String> actor,
        Instant createdAt) {

    /** Digits of an id. */
    static final int ID_LENGTH = 40;

    private static final Pattern ID = Pattern.compile("[0-9a-f]{" + ID_LENGTH + "}");

    /** Whether a text can be the id of a revision. */
    public static boolean isId(String text) {
        return ID.matcher(text).matches();
    }

    /** A revision with the id that follows from everything else. */
    public static Revision of(
            Optional<String> parent,
            ConfigurationName configuration,
            Optional<String> message,
            Optional<String> actor,
            Instant createdAt) {
        return RevisionDocument.named(new Revision("", parent, configuration, message, actor, createdAt));
    }
}
