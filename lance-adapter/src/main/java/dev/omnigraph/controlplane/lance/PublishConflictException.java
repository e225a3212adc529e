package dev.omnigraph.controlplane.lance;

/** A publish was not made because the manifest is not what its changes were made for. Nothing was written. */
class PublishConflictException extends Exception {

    private static final long serialVersionUID = 1L;

    PublishConflictException(String message) {
        super(message);
    }
}
