package dev.omnigraph.controlplane.graph;

/** What creating a graph came to (graph-format.md 5). */
public sealed interface GraphCreation {

    /**
     * The graph is complete, durable, and opens.
     *
     * @param manifestVersion the version of {@code __manifest} that shows it
     */
    record Created(long manifestVersion) implements GraphCreation {}

    /** Refused before anything was stored: the schema cannot become a graph, or a graph is there already. */
    record Refused(String reason) implements GraphCreation {}

    /**
     * Failed on the way; parts of the graph may be left at the root.
     *
     * @param claimWon whether the root was ours: {@code _schema.pg} had been created by this call
     */
    record Failed(String reason, boolean claimWon) implements GraphCreation {}
}
