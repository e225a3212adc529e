package dev.omnigraph.controlplane.lance;

/** What interrupted writes left can neither be finished nor undone without a person. The message says what to do. */
final class RecoveryStuckException extends Exception {

    private static final long serialVersionUID = 1L;

    RecoveryStuckException(String message) {
        super(message);
    }

    RecoveryStuckException(String message, Throwable cause) {
        super(message, cause);
    }
}
