package dev.omnigraph.controlplane.document;

import java.util.Objects;

/** A stored document that is there but cannot be understood. The message says what is wrong, without naming it. */
public final class UnreadableDocumentException extends Exception {

    private static final long serialVersionUID = 1L;

    public UnreadableDocumentException(String message) {
        super(message);
    }

    @Override
    public String getMessage() {
        return Objects.requireNonNull(super.getMessage());
    }
}
