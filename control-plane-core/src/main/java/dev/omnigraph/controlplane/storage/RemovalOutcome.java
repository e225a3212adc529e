package dev.omnigraph.controlplane.storage;

/** What removing everything below a prefix came to. */
public sealed interface RemovalOutcome {

    /** Objects that this call removed. */
    long removed();

    /** Nothing lies below the prefix any more. */
    record Done(long removed) implements RemovalOutcome {}

    /** Something is left, for the reason given; a repeated call goes on with it. */
    record Incomplete(long removed, String reason) implements RemovalOutcome {}
}
