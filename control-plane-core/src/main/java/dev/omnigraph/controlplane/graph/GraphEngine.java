package dev.omnigraph.controlplane.graph;

import dev.omnigraph.controlplane.language.schema.migration.DropMode;
import java.util.Optional;

/**
 * The engine that stores graphs. Implementations are thread-safe; calls on one root are the caller's to serialise.
 * Calls can block in native code and cannot be interrupted.
 */
public interface GraphEngine extends AutoCloseable {

    /** Why this engine keeps no graph at such a root, whatever is stored there; empty where it does. */
    Optional<String> refusal(GraphRoot root);

    /** Looks at a graph without changing anything: what the engine's read-only open checks is checked here too. */
    GraphObservation observe(GraphRoot root);

    /**
     * The newest commit of every branch: two equal answers mean that nothing was written in between. Changes nothing. The
     * branches of a graph that was moved do not open (graph-format.md 1.5), those of one at its own root do.
     */
    BranchHeads heads(GraphRoot root);

    /**
     * Creates a graph with the given schema at a root where none is.
     *
     * @param schemaSource stored byte for byte as {@code _schema.pg}
     * @param claimant names this create and no other one; kept with the claim where the storage can
     * @param claim told once {@code _schema.pg} is durably ours, before anything else of the graph is stored. What it
     *     throws ends the create: the claim is taken back, and the caller gets what was thrown
     */
    GraphCreation create(GraphRoot root, String schemaSource, String claimant, ClaimListener claim);

    /**
     * Plans the migration of a graph to a schema, checks everything that an apply checks before it moves something, and
     * measures on the rows that are there what it would do. Reads only. Where a write was interrupted, an apply ends it
     * first, so that what speaks against the tables as they lie there is not held against the migration.
     *
     * @param ownership tells whether a lock branch that is there would be removed by an apply; another one refuses it
     */
    SchemaPreview preview(GraphRoot root, String desiredSource, DropMode dropMode, LockOwnership ownership);

    /**
     * Brings a graph to a schema. First finishes or undoes interrupted writes of any kind, as the engine does when it opens
     * for writing, then looks at the graph again: one that has the desired schema by then is left alone, as is one that has
     * another than the expected one. Whatever stops the call, the next one makes the graph equal to what it was before or
     * to what it was to become. What hard drops are to remove is still there afterwards: the journal was told of it, and
     * {@link #removeHistory} removes it.
     */
    SchemaApplication applySchema(GraphRoot root, SchemaChange change, SchemaApplyJournal journal);

    /**
     * Ends what a schema apply left that died or gave up on the way: finishes or undoes it, as the next schema apply would,
     * and removes its lock branch, which keeps every writer out of the graph. A graph where nothing of that kind is, or
     * whose lock branch may be somebody's who lives, is left alone.
     */
    GraphRecovery recover(GraphRoot root, SchemaApplyJournal journal);

    /** Whether {@link #recover} has something to end here. Changes nothing. */
    WriterHold hold(GraphRoot root, LockOwnership ownership);

    /**
     * Removes the versions of a table that a hard drop is to remove. Versions and tables that are gone already are no
     * problem.
     *
     * @param commit one that the graph was found to have; another graph at the same root, which has not, is left alone
     */
    HistoryRemoval removeHistory(GraphRoot root, String commit, TableHistory history);

    /** Releases what the engine holds. Calls after it fail. */
    @Override
    void close();

    /** Learns that a create has won the root. */
    @FunctionalInterface
    interface ClaimListener {
        void claimed();
    }
}
