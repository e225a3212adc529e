package dev.omnigraph.controlplane.lance;

/** The rows of a manifest do not make a graph. The message names the row and what is wrong with it. */
final class MalformedManifestException extends Exception {

    private static final long serialVersionUID = 1L;

    MalformedManifestException(String message) {
        super(message);
    }
}
