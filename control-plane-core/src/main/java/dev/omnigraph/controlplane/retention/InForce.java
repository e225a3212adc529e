package dev.omnigraph.controlplane.retention;

import dev.omnigraph.controlplane.approval.ApprovalBook;
import dev.omnigraph.controlplane.approval.ApprovalEntry;
import dev.omnigraph.controlplane.approval.ApprovalState;
import dev.omnigraph.controlplane.ledger.ControlKeys;
import dev.omnigraph.controlplane.ledger.Ledger;
import dev.omnigraph.controlplane.storage.ListOutcome;
import dev.omnigraph.controlplane.storage.ObjectKey;
import dev.omnigraph.controlplane.storage.ObjectStore;
import dev.omnigraph.controlplane.storage.StorageUnavailableException;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/**
 * The sidecars of operations that are not settled: pending ones, those that an admin set aside, those with a journal, and
 * those that an approval is reserved for whose use is not recorded.
 */
record InForce(Set<String> sidecars) {

    private static final String SUFFIX = ".json";
    private static final List<ObjectKey> FOLDERS =
            List.of(ControlKeys.RECOVERIES, ControlKeys.QUARANTINE, ControlKeys.CLEANUP);

    InForce {
        sidecars = Set.copyOf(sidecars);
    }

    /**
     * Looks.
     *
     * @throws StorageUnavailableException where the storage does not answer
     */
    static InForce read(ObjectStore store, ApprovalBook book, Ledger ledger, Instant now) {
        Set<String> sidecars = new TreeSet<>();
        for (ObjectKey folder : FOLDERS) {
            if (!(store.list(folder) instanceof ListOutcome.Listed listed)) {
                throw new StorageUnavailableException("what lies in " + folder + " cannot be listed");
            }
            listed.entries().stream()
                    .map(entry -> entry.key().name())
                    .filter(name -> name.endsWith(SUFFIX))
                    .map(name -> name.substring(0, name.length() - SUFFIX.length()))
                    .forEach(sidecars::add);
        }
        book.entries().values().stream()
                .filter(entry -> entry.state(ledger, now) != ApprovalState.CONSUMED)
                .map(ApprovalEntry::reservedFor)
                .forEach(holder -> holder.ifPresent(sidecars::add));
        return new InForce(sidecars);
    }
}
