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
}
