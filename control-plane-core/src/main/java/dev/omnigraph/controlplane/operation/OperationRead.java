package dev.omnigraph.controlplane.operation;

/** What reading one operation record came to. */
public sealed interface OperationRead {

    record Found(StoredOperation operation) implements OperationRead {}

    record Absent() implements OperationRead {}

    /** The record is there but cannot be understood: damaged, or written by a newer version. */
    record Unreadable(String reason) implements OperationRead {}

    /** The store did not answer; nothing may be decided on it. */
    record Unavailable(String reason) implements OperationRead {}
}
