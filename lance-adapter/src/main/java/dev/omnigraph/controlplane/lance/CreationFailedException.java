package dev.omnigraph.controlplane.lance;

/** A step of creating a graph failed after the root was claimed. The message names the step and the cause. */
final class CreationFailedException extends Exception {

    private static final long serialVersionUID = 1L;

    CreationFailedException(String message) {
        super(message);
    }

    CreationFailedException(String message, Throwable cause) {
        super(message, cause);
    }
}
