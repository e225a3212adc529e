package dev.omnigraph.controlplane.apply;

/** The lock of the run is not ours any more; the report says so, and the run stops where it is. */
final class LockLostException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    LockLostException() {
        super("the lock of the cluster is not held any more");
    }
}
