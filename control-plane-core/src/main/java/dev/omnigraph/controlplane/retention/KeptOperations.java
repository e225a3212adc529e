package dev.omnigraph.controlplane.retention;

import dev.omnigraph.controlplane.ledger.Trash;
import dev.omnigraph.controlplane.operation.LockBranchTrace;
import dev.omnigraph.controlplane.operation.OperationLife;
import dev.omnigraph.controlplane.operation.OperationRead;
import dev.omnigraph.controlplane.operation.OperationRecord;
import dev.omnigraph.controlplane.operation.OperationStore;
import dev.omnigraph.controlplane.operation.OperationTrace;
import dev.omnigraph.controlplane.operation.StoredOperation;
import dev.omnigraph.controlplane.storage.ObjectStore;
import dev.omnigraph.controlplane.storage.StorageUnavailableException;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;

/**
 * Records of operations that ended long ago. One that proves something about what is still there stays: a sidecar, a graph
 * that lies aside, a lock branch.
 */
final class KeptOperations implements Keeping {

    private final OperationStore operations;
    private final Trash trash;
    private final InForce inForce;
    private final Instant limit;

    /** @param limit what ended before is removed */
    KeptOperations(ObjectStore store, InForce inForce, Instant limit) {
        this.operations = new OperationStore(store);
        this.trash = new Trash(store);
        this.inForce = inForce;
        this.limit = limit;
    }

    @Override
    public String kind() {
        return "operations";
    }

    @Override
    public List<Candidate> candidates() {
        Set<String> needed = new TreeSet<>(inForce.sidecars());
        needed.addAll(trash.sidecars());
        return operations.idsBefore(limit).stream()
                .map(id -> new Candidate(OperationStore.key(id), () -> look(id, needed)))
                .toList();
    }

    private Fate look(String id, Set<String> needed) {
        OperationRead read = operations.read(id);
        if (read instanceof OperationRead.Found found) {
            return look(found.operation(), needed);
        }
        if (read instanceof OperationRead.Unavailable unavailable) {
            throw new StorageUnavailableException("operation " + id + " cannot be read: " + unavailable.reason());
        }
        return read instanceof OperationRead.Unreadable unreadable
                ? new Fate.Kept("it cannot be read: " + unreadable.reason())
                : new Fate.NotDue();
    }

    private Fate look(StoredOperation stored, Set<String> needed) {
        OperationRecord operation = stored.record();
        boolean endedLongAgo = operation
                .ended()
                .map(OperationLife.Ended::finishedAt)
                .filter(finished -> finished.isBefore(limit))
                .isPresent();
        if (!endedLongAgo) {
            return new Fate.NotDue();
        }
        return proves(operation.trace(), needed)
                ? new Fate.Kept("it proves what became of something that is not settled")
                : Fate.of(operations.remove(stored));
    }

    private static boolean proves(OperationTrace trace, Set<String> needed) {
        return Stream.of(trace.sidecars(), trace.claimsWon(), trace.removalsStarted())
                        .flatMap(Collection::stream)
                        .anyMatch(needed::contains)
                || !trace.lockBranches().stream().allMatch(LockBranchTrace::gone);
    }
}
