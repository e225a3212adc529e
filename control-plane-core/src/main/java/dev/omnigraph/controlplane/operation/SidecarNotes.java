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
import java.util.function.Predicate;

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
        if (open.isEmpty()) {
            return unfinished;
        }
        newestThat(MAX_UNFINISHED_LOOKED_AT, operation -> {
            for (String sidecar : operation.trace().sidecars()) {
                if (open.contains(sidecar) && !operation.state().isFinal()) {
                    unfinished.put(sidecar, operation);
                }
            }
            open.removeIf(sidecar -> unfinished.containsKey(sidecar) || wrote(operation, sidecar));
            return open.isEmpty();
        });
        return unfinished;
    }

    private boolean isNoted(String sidecar, Function<OperationTrace, List<String>> notes) {
        Predicate<OperationRecord> notesIt =
                operation -> notes.apply(operation.trace()).contains(sidecar);
        return newestThat(MAX_RECORDS_LOOKED_AT, notesIt.or(operation -> wrote(operation, sidecar)))
                .filter(notesIt)
                .isPresent();
    }

    /** The newest record that is what is looked for, among so many; none older is looked at. */
    private Optional<OperationRecord> newestThat(int atMost, Predicate<OperationRecord> isIt) {
        Optional<String> olderThan = Optional.empty();
        for (int looked = 0; looked < atMost; looked += OperationStore.MAX_PAGE_SIZE) {
            OperationPage page = operations.page(OperationFilter.all(), olderThan, OperationStore.MAX_PAGE_SIZE);
            if (page instanceof OperationPage.Unavailable unavailable) {
                throw new StorageUnavailableException("the operation records cannot be read: " + unavailable.reason());
            }
            OperationPage.Listed listed = (OperationPage.Listed) page;
            Optional<OperationRecord> found =
                    listed.operations().stream().filter(isIt).findFirst();
            if (found.isPresent() || listed.next().isEmpty()) {
                return found;
            }
            olderThan = listed.next();
        }
        return Optional.empty();
    }

    /** The one that wrote it is older than the sidecar, those that went on with it are newer. */
    private static boolean wrote(OperationRecord operation, String sidecar) {
        return operation.trace().sidecars().contains(sidecar) && operation.id().compareTo(sidecar) < 0;
    }
}
