package dev.omnigraph.controlplane.graph;

/** What removing old versions of a table came to. */
public sealed interface HistoryRemoval {

    /**
     * No version below the one that was named is there any more, durably, but those with a tag.
     *
     * @param bytes that were freed; none where they were gone already
     */
    record Done(long bytes) implements HistoryRemoval {}

    /** Not all of them are removed; trying again is safe. */
    record Incomplete(String reason) implements HistoryRemoval {}

    /** The graph there is not the one that the removal is for, or none is there. Nothing was removed. */
    record OtherGraph(String reason) implements HistoryRemoval {}
}
