package dev.omnigraph.controlplane.ledger;

import dev.omnigraph.controlplane.storage.ListOutcome;
import dev.omnigraph.controlplane.storage.ObjectStore;
import dev.omnigraph.controlplane.storage.StorageUnavailableException;
import java.util.List;

/** Graph roots on their way out, each in a folder that is named by the sidecar of the operation that moved it there. */
public final class Trash {

    private final ObjectStore store;

    public Trash(ObjectStore store) {
        this.store = store;
    }

    /**
     * The sidecars under whose name something lies there.
     *
     * @throws StorageUnavailableException where the storage does not answer
     */
    public List<String> sidecars() {
        if (store.list(ControlKeys.TRASH) instanceof ListOutcome.Listed listed) {
            return listed.entries().stream()
                    .filter(entry -> entry.kind() == ListOutcome.Kind.PREFIX)
                    .map(entry -> entry.key().name())
                    .toList();
        }
        throw new StorageUnavailableException("what lies in " + ControlKeys.TRASH + " cannot be listed");
    }
}
