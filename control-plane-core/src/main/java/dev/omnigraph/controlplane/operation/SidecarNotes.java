package dev.omnigraph.controlplane.operation;

import dev.omnigraph.controlplane.storage.ObjectStore;
import dev.omnigraph.controlplane.storage.StorageUnavailableException;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/**
 * What operations noted about the sidecars they wrote or went on with. Where the records are lost the answer is no: what
 * cannot be proved is not done. Thread-safe.
 */
public final class SidecarNotes {

    /** So many of the newest records are looked at; the operation that wrote a pending sidecar is among the newest. */
    static final int MAX_RECORDS_LOOKED_AT = 10_000;

    /** The same for operations that are not ended. An instance has no more of them than its queue is long. */
    static final int MAX_UNFINISHED_LOOKED_AT = 1000;

    private final OperationStore operations;

    public SidecarNotes(ObjectStore store) {
        this.operations = new OperationStore(store);
    }

    /**
     * Whether the removal of the graph that this sidecar is about has begun.
     *
     * @throws StorageUnavailableException where the storage does not answer
     */
    public boolean isRemovalStarted(String sidecar) {
        return isNoted(sidecar, OperationTrace::removalsStarted);
    }

    /**
     * Whether the create with this sidecar won the root of its graph.
     *
     * @throws StorageUnavailableException where the storage does not answer
     */
    public boolean isClaimWon(String sidecar) {
        return isNoted(sidecar, OperationTrace::claimsWon);
    }

    /**
     * The operations that are not ended, by the sidecars that they announced. Only the newest records are looked at: what
     * goes on was accepted lately.
     *
     * @throws StorageUnavailableException where the storage does not answer
     */
    public Map<String, OperationRecord> unfinished(Set<String> sidecars) {
        Map<String, OperationRecord> unfinished = new HashMap<>();
        Set<String> open = new HashSet<>(sidecars);
        Optional<String> olderThan = Optional.empty();
        for (int looked = 0;
                looked < MAX_UNFINISHED_LOOKED_AT && !open.isEmpty();
                looked += OperationStore.MAX_PAGE_SIZE) {
            OperationPage page = operations.page(OperationFilter.all(), olderThan, OperationStore.MAX_PAGE_SIZE);
            if (page instanceof OperationPage.Unavailable unavailable) {
                throw new StorageUnavailableException("the operation records cannot be read: " + unavailable.reason());
            }
            OperationPage.Listed listed = (OperationPage.Listed) page;
            for (OperationRecord operation : listed.operations()) {
                for (String sidecar : operation.trace().sidecars()) {
                    if (open.contains(sidecar) && !operation.state().isFinal()) {
                        unfinished.put(sidecar, operation);
                    }
                }
                open.removeIf(sidecar -> unfinished.containsKey(sidecar) || wrote(operation, sidecar));
            }
            olderThan = listed.next();
            if (olderThan.isEmpty()) {
                break;
            }
        }
        return unfinished;
    }

    private boolean isNoted(String sidecar, Function<OperationTrace, List<String>> notes) {
        Optional<String> olderThan = Optional.empty();
        for (int looked = 0; looked < MAX_RECORDS_LOOKED_AT; looked += OperationStore.MAX_PAGE_SIZE) {
            OperationPage page = operations.page(OperationFilter.all(), olderThan, OperationStore.MAX_PAGE_SIZE);
            if (page instanceof OperationPage.Unavailable unavailable) {
                throw new StorageUnavailableException("the operation records cannot be read: " + unavailable.reason());
            }
            OperationPage.Listed listed = (OperationPage.Listed) page;
            for (OperationRecord operation : listed.operations()) {
                if (notes.apply(operation.trace()).contains(sidecar)) {
                    return true;
                }
                if (wrote(operation, sidecar)) {
                    return false;
                }
            }
            olderThan = listed.next();
            if (olderThan.isEmpty()) {
                return false;
            }
        }
        return false;
    }

    /** The one that wrote it is older than the sidecar, those that went on with it are newer. */
    private static boolean wrote(OperationRecord operation, String sidecar) {
        return operation.trace().sidecars().contains(sidecar) && operation.id().compareTo(sidecar) < 0;
    }
}
