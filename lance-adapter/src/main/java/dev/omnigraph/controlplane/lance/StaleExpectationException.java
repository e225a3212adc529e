package dev.omnigraph.controlplane.lance;

/** A table was not at the version that a publish expected: another writer moved it. Nothing was written. */
final class StaleExpectationException extends PublishConflictException {

    private static final long serialVersionUID = 1L;

    StaleExpectationException(String message) {
        super(message);
    }
}
