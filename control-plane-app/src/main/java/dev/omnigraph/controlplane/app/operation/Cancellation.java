package dev.omnigraph.controlplane.app.operation;

import dev.omnigraph.controlplane.operation.OperationRecord;

/** What asking an operation to stop came to. */
public sealed interface Cancellation {

    /** It had not begun, and never will. */
    record Cancelled(OperationRecord operation) implements Cancellation {}

    /** It runs, and will stop before its next graph-moving step. */
    record Requested(OperationRecord operation) implements Cancellation {}

    /** It is over; nothing was asked of it. */
    record Ended(OperationRecord operation) implements Cancellation {}

    record NotFound() implements Cancellation {}

    /** The record is there but cannot be understood. */
    record Unreadable(String reason) implements Cancellation {}

    /** The store did not answer; nothing was asked of the operation. */
    record Unavailable(String reason) implements Cancellation {}
}
