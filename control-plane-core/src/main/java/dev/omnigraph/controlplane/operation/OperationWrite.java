package dev.omnigraph.controlplane.operation;

/** What storing a transition came to. */
public sealed interface OperationWrite {

    /** The transition is durable. */
    record Stored(StoredOperation operation) implements OperationWrite {}

    /** Someone else moved the record first; nothing was written. */
    record Lost(OperationRead present) implements OperationWrite {}

    /** The store refused; nothing was written. */
    record Refused(String reason) implements OperationWrite {}

    /** The store gave no clear answer however often it was asked: the transition may stand, or appear later. */
    record Unknown(String reason) implements OperationWrite {}
}
