package dev.omnigraph.controlplane.language;

import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A source text that its language refuses. The message is for the author of the text: it names the place, what was found
 * there, and what was expected.
 */
public final class LanguageException extends Exception {

    /** Longer messages, which quote from the text, are cut. */
    public static final int MAX_MESSAGE_CHARACTERS = 2_000;

    private static final long serialVersionUID = 1L;

    @SuppressWarnings("serial") // thrown and caught in one process, never serialised
    private final @Nullable SourcePosition position;

    /** An error that belongs to the text as a whole or to several places. */
    public LanguageException(String message) {
        super(cut(message));
        this.position = null;
    }

    /** An error at one place; the place is put in front of the message. */
    public LanguageException(SourcePosition position, String message) {
        super(cut("line " + position.line() + ", column " + position.column() + ": " + message));
        this.position = position;
    }

    /** Where in the text, if the error has a place. */
    public Optional<SourcePosition> position() {
        return Optional.ofNullable(position);
    }

    @Override
    public String getMessage() {
        return Objects.requireNonNull(super.getMessage());
    }

    private static String cut(String message) {
        if (message.length() <= MAX_MESSAGE_CHARACTERS) {
            return message;
        }
        int end = MAX_MESSAGE_CHARACTERS - 1;
        return message.substring(0, Character.isHighSurrogate(message.charAt(end - 1)) ? end - 1 : end) + "…";
    }
}
