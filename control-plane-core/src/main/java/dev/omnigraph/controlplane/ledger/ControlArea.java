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
 * @param hasDecisions whether there are decisions about changes, even ones that were used
 * @param hasTrash whether graph roots are on their way out
 */
public record ControlArea(boolean hasFreeze, boolean hasCleanups, boolean hasDecisions, boolean hasTrash) {

    /**
     * Looks.
     *
     * @throws StorageUnavailableException where the storage does not answer
     */
    public static ControlArea look(ObjectStore store) {
        ListOutcome outcome = store.list(ControlKeys.CONTROL);
        if (outcome instanceof ListOutcome.Unknown unknown) {
            throw new StorageUnavailableException(ControlKeys.CONTROL
                    + " cannot be listed, which shows whether there is a freeze: " + unknown.reason());
        }
        Set<ObjectKey> present = ((ListOutcome.Listed) outcome)
                .entries().stream().map(ListOutcome.Entry::key).collect(Collectors.toUnmodifiableSet());
        return new ControlArea(
                present.contains(ControlKeys.FREEZE),
                present.contains(ControlKeys.CLEANUP),
                present.contains(ControlKeys.DECISIONS),
                present.contains(ControlKeys.TRASH));
    }
}
