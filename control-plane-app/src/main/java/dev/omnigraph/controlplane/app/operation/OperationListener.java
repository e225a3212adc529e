package dev.omnigraph.controlplane.app.operation;

import dev.omnigraph.controlplane.operation.OperationRecord;

/** Follows the operations that this process runs. Called on their threads, so that it must be quick and never throw. */
@FunctionalInterface
public interface OperationListener {

    /** An operation was accepted, has made progress, or is over. */
    void changed(OperationRecord operation);
}
