package dev.omnigraph.controlplane.graph;

/**
 * The engine that stores graphs. Implementations are thread-safe; calls on one root are the caller's to serialise.
 * Calls can block in native code and cannot be interrupted.
 */
public interface GraphEngine extends AutoCloseable {

    /** Looks at a graph without changing anything: what the engine's read-only open checks is checked here too. */
    GraphObservation observe(GraphRoot root);

    /**
     * Creates a graph with the given schema at a root where none is.
     *
     * @param schemaSource stored byte for byte as {@code _schema.pg}
     * @param claim told once {@code _schema.pg} is durably ours, before anything else of the graph is stored. What it
     *     throws ends the create: the claim is taken back, and the caller gets what was thrown
     */
    GraphCreation create(GraphRoot root, String schemaSource, ClaimListener claim);

    /** Releases what the engine holds. Calls after it fail. */
    @Override
    void close();

    /** Learns that a create has won the root. */
    @FunctionalInterface
    interface ClaimListener {
        void claimed();
    }
}
