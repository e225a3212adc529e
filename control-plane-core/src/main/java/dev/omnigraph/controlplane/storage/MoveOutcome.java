package dev.omnigraph.controlplane.storage;

/** What moving everything below a prefix came to. */
public sealed interface MoveOutcome {

    /** All of it lies below the other prefix now, and nothing below the old one. */
    record Done() implements MoveOutcome {}

    /** There was nothing to move. */
    record Absent() implements MoveOutcome {}

    /** Something lies below the other prefix; nothing was moved. */
    record Occupied() implements MoveOutcome {}

    /** This store cannot move in one step; nothing was moved. */
    record Unsupported() implements MoveOutcome {}

    /** The store refused; nothing was moved. */
    record Refused(String reason) implements MoveOutcome {}

    /** All of it lies below one of the two prefixes; which one is not certain. */
    record Unknown(String reason) implements MoveOutcome {}
}
