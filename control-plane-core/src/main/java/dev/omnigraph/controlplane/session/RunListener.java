package dev.omnigraph.controlplane.session;

import dev.omnigraph.controlplane.graph.SchemaLock;
import dev.omnigraph.controlplane.storage.StorageUnavailableException;
import java.util.Optional;

/**
 * Follows a command that changes things, and can ask it to stop. Calls come from the thread that runs the command, except
 * {@link #progress} during the catalog phase, which may come from several.
 */
public interface RunListener {

    /** Nobody follows. */
    RunListener NONE = new RunListener() {};

    /**
     * A phase has come so far.
     *
     * @param phase a stable word such as {@code creates} or {@code payloads}
     * @param resource what is being worked on
     * @param done items finished
     * @param total items in this phase
     */
    default void progress(String phase, Optional<String> resource, int done, int total) {}

    /** Asked before each step that moves a graph: true stops the command before it. */
    default boolean cancelRequested() {
        return false;
    }

    /**
     * Proves that the operation is still this process's to carry out, before a step that cannot be taken back. Throws where
     * it is not; then nothing further may be changed.
     *
     * @throws StorageUnavailableException where that is not known
     */
    default void proveOurs() {}

    /** The id of the operation that is being followed; empty where there is none. */
    default Optional<String> operationId() {
        return Optional.empty();
    }

    /** The ledger was read under the lock, and this is its token; not told where there is no ledger. */
    default void ledgerRead(String stateCas) {}

    /** A sidecar is about to be stored under this id; told before it is. */
    default void sidecarPlanned(String operationId) {}

    /** The root of a graph that is being created is won; nothing else of the graph is stored yet. */
    default void claimWon(String sidecarOperationId) {}

    /** What the delete with this sidecar found is what was approved; its removal begins after this call. */
    default void removalStarted(String sidecarOperationId) {}

    /** The lock branch of a schema apply is about to be made on this graph, from this version of its manifest. */
    default void lockBranchPlanned(String graph, long manifestVersion) {}

    /** The lock branch is there. */
    default void lockBranchMade(String graph, SchemaLock branch) {}

    /** A lock branch, of this run or of a dead one, is gone. */
    default void lockBranchGone(String graph, SchemaLock branch) {}
}
