package dev.omnigraph.controlplane.operation;

import dev.omnigraph.controlplane.graph.SchemaLock;
import java.util.List;
import java.util.Optional;

/** Tells lock branches that ended operations left behind from those of anybody else. Thread-safe. */
public final class LockBranches {

    /** So many of the newest records are looked at; what is not found in them is nobody's we know. */
    static final int MAX_RECORDS_LOOKED_AT = 10_000;

    private final OperationStore operations;

    public LockBranches(OperationStore operations) {
        this.operations = operations;
    }

    /**
     * Whether an operation that is over made this branch and did not remove it. The newest note about a branch at this
     * version decides: one that was removed in the meantime says nothing about a later one. False also where the records
     * cannot be read, because what is not known to be ours may be somebody's who writes at this moment.
     */
    public boolean areLeftByEnded(String graph, SchemaLock branch) {
        Optional<String> olderThan = Optional.empty();
        for (int looked = 0; looked < MAX_RECORDS_LOOKED_AT; looked += OperationStore.MAX_PAGE_SIZE) {
            OperationPage page = operations.page(OperationFilter.all(), olderThan, OperationStore.MAX_PAGE_SIZE);
            if (!(page instanceof OperationPage.Listed listed)
                    || !listed.unreadable().isEmpty()) {
                return false;
            }
            for (OperationRecord operation : listed.operations()) {
                Optional<LockBranchTrace> newest = newestOf(operation, graph, branch);
                if (newest.isPresent()) {
                    return operation.state().isFinal() && newest.get().isStillThere(branch);
                }
            }
            olderThan = listed.next();
            if (olderThan.isEmpty()) {
                return false;
            }
        }
        return false;
    }

    private static Optional<LockBranchTrace> newestOf(OperationRecord operation, String graph, SchemaLock branch) {
        List<LockBranchTrace> notes = operation.trace().lockBranches();
        for (int i = notes.size() - 1; i >= 0; i--) {
            if (notes.get(i).concerns(graph, branch)) {
                return Optional.of(notes.get(i));
            }
        }
        return Optional.empty();
    }
}
