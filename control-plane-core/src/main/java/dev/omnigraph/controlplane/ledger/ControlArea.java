package dev.omnigraph.controlplane.ledger;

import dev.omnigraph.controlplane.storage.ListOutcome;
import dev.omnigraph.controlplane.storage.ObjectKey;
import dev.omnigraph.controlplane.storage.ObjectStore;
import dev.omnigraph.controlplane.storage.StorageUnavailableException;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * What stands in {@code __control/} at one moment, by one listing: enough to know what has to be read.
 *
 * @param hasFreeze whether there is a freeze, even one that cannot be read
 * @param hasCleanups whether there are journals of what is cleaned up after migrations
 */
public record ControlArea(boolean hasFreeze, boolean hasCleanups) {

    /**
     * Looks.
     *
     * @throws StorageUnavailableException where the storage does not answer
     */
    public static ControlArea look(ObjectStore store) {
        ListOutcome outcome = store.list(ControlKeys.CONTROL);
        if (outcome instanceof ListOutcome.Unknown unknown) {
            throw new StorageUnavailableException(ControlKeys.CONTROL
                    + " cannot be listed, so that it is not known whether the cluster is frozen: " + unknown.reason());
        }
        Set<ObjectKey> present = ((ListOutcome.Listed) outcome)
                .entries().stream().map(ListOutcome.Entry::key).collect(Collectors.toUnmodifiableSet());
        return new ControlArea(present.contains(ControlKeys.FREEZE), present.contains(ControlKeys.CLEANUP));
    }
}
