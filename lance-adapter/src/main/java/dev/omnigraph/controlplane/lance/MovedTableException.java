package dev.omnigraph.controlplane.lance;

/** Another writer moved a table that a migration was about to write, or was writing. */
final class MovedTableException extends Exception {

    private static final long serialVersionUID = 1L;

    MovedTableException(String message) {
        super(message);
    }
}
