package dev.omnigraph.controlplane.graph;

import java.util.List;

/** What looking at a graph root read-only came to. Nothing is changed by looking. */
public sealed interface GraphObservation {

    /**
     * The graph opens, by every check that the engine's own read-only open makes (graph-format.md 6.1).
     *
     * @param manifestVersion the newest version of {@code __manifest} on main
     * @param schemaSource the exact text of {@code _schema.pg}
     * @param schemaDigest the bare SHA-256 of its bytes
     * @param headCommit the id of main's newest commit
     * @param tables the current snapshot of main, by table key
     * @param branches user branches and the lock branch, without main, sorted
     */
    record Opened(
            long manifestVersion,
            String schemaSource,
            String schemaDigest,
            String headCommit,
            List<TableObservation> tables,
            List<String> branches)
            implements GraphObservation {}

    /** Something is there, or nothing is, but no graph opens. */
    record NotOpenable(String reason) implements GraphObservation {}

    /** The storage did not answer; nothing may be decided on it. */
    record Unknown(String reason) implements GraphObservation {}
}
