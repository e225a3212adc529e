package dev.omnigraph.controlplane.ledger;

import dev.omnigraph.controlplane.storage.ListOutcome;
import dev.omnigraph.controlplane.storage.ObjectKey;
import dev.omnigraph.controlplane.storage.ObjectStore;
import dev.omnigraph.controlplane.storage.StorageUnavailableException;
import dev.omnigraph.controlplane.storage.VersionTag;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * What stands in {@code __cluster/} at one moment, by one listing: enough to know what has to be read.
 *
 * @param hasLedger whether there is a ledger, even one that cannot be read
 * @param ledgerTag of the ledger, where the listing says it
 * @param isLocked whether somebody holds the lock
 * @param hasRecoveries whether there are recovery records
 * @param hasApprovals whether there are published approvals
 */
public record ClusterArea(
        boolean hasLedger,
        Optional<VersionTag> ledgerTag,
        boolean isLocked,
        boolean hasRecoveries,
        boolean hasApprovals) {

    /**
     * Looks.
     *
     * @throws StorageUnavailableException where the storage does not answer
     */
    public static ClusterArea look(ObjectStore store) {
        ListOutcome outcome = store.list(ControlKeys.CLUSTER);
        if (outcome instanceof ListOutcome.Unknown unknown) {
            throw new StorageUnavailableException(ControlKeys.CLUSTER + " cannot be listed: " + unknown.reason());
        }
        Map<ObjectKey, Optional<VersionTag>> present = new HashMap<>();
        ((ListOutcome.Listed) outcome).entries().forEach(entry -> present.put(entry.key(), entry.tag()));
        return new ClusterArea(
                present.containsKey(ControlKeys.STATE),
                present.getOrDefault(ControlKeys.STATE, Optional.empty()),
                present.containsKey(ControlKeys.LOCK),
                present.containsKey(ControlKeys.RECOVERIES),
                present.containsKey(ControlKeys.APPROVALS));
    }
}
