package dev.omnigraph.controlplane.lance;

/** A call into Lance failed. The message is for people: without the places in Lance's own sources. */
final class LanceException extends Exception {

    private static final long serialVersionUID = 1L;

    private final LanceFailure failure;

    LanceException(LanceFailure failure, String message, Throwable cause) {
        super(message, cause);
        this.failure = failure;
    }

    /** What kind of failure it is. */
    LanceFailure failure() {
        return failure;
    }
}
