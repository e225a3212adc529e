package dev.omnigraph.controlplane.inspection;

import dev.omnigraph.controlplane.graph.GraphObservation;
import dev.omnigraph.controlplane.graph.GraphRoot;
import java.util.Optional;

/**
 * A graph as it was found just now.
 *
 * @param declared whether the configuration has it
 * @param recorded whether the ledger has it
 * @param observation what opening it showed; empty where nothing lies below its root
 * @param recordedSchemaDigest of the schema that the ledger has applied
 * @param desiredSchemaDigest of the schema that the configuration declares
 */
public record InspectedGraph(
        String id,
        GraphRoot root,
        boolean declared,
        boolean recorded,
        Optional<GraphObservation> observation,
        Optional<String> recordedSchemaDigest,
        Optional<String> desiredSchemaDigest) {

    /** Whether anything lies below its root. */
    public boolean exists() {
        return observation.isPresent();
    }
}
