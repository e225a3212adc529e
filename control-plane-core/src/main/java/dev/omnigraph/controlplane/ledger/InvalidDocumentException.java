package dev.omnigraph.controlplane.ledger;

import java.util.Objects;

/** A stored document that cannot be used: no JSON, another shape, or a version this service does not know. */
public final class InvalidDocumentException extends Exception {

    private static final long serialVersionUID = 1L;

    private final Cause kind;

    InvalidDocumentException(Cause kind, String message) {
        super(message);
        this.kind = kind;
    }

    public Cause kind() {
        return kind;
    }

    @Override
    public String getMessage() {
        return Objects.requireNonNull(super.getMessage());
    }

    /** What is wrong with the document. */
    public enum Cause {
        /** No JSON, or a key that is unknown, missing, repeated or of the wrong type. */
        MALFORMED,
        /** Well formed, of a version that this service does not read. */
        UNSUPPORTED_VERSION
    }
}
