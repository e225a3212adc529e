package dev.omnigraph.controlplane.lance;

/** A step of a migration failed after the graph had begun to move. The message says which, and how far it came. */
final class MigrationFailedException extends Exception {

    private static final long serialVersionUID = 1L;

    MigrationFailedException(String message, Throwable cause) {
        super(message, cause);
    }
}
