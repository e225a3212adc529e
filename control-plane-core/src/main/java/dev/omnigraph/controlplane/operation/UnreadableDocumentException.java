package dev.omnigraph.controlplane.operation;

import java.util.Objects;

/** A stored document that is there but cannot be understood. The message says what is wrong, without naming it. */
final class UnreadableDocumentException extends Exception {

    private static final long serialVersionUID = 1L;

    UnreadableDocumentException(String message) {
        super(message);
    }

    @Override
    public String getMessage() {
        return Objects.requireNonNull(super.getMessage());
    }
}
