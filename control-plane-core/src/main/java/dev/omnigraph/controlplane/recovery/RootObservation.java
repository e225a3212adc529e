package dev.omnigraph.controlplane.recovery;

/** What stands at the root of the graph that a sidecar is about. */
public sealed interface RootObservation {

    /** Nothing is stored below the root. */
    record Absent() implements RootObservation {}

    /** Something is stored there and no graph opens. */
    record NotOpenable(String reason) implements RootObservation {}

    /**
     * A graph opens.
     *
     * @param schemaDigest the bare digest of its schema source
     */
    record Opened(String schemaDigest) implements RootObservation {}

    /**
     * What there is of a graph that is being deleted.
     *
     * @param atRoot anything is stored below its root
     * @param aside the delete has moved it to where deleted graphs wait for their removal
     * @param begun it was found to be what was approved, and its removal began
     * @param ours an approval is reserved for the sidecar, so this service wrote it
     */
    record Deletion(boolean atRoot, boolean aside, boolean begun, boolean ours) implements RootObservation {}
}
