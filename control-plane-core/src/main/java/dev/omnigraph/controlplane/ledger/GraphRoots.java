package dev.omnigraph.controlplane.ledger;

import dev.omnigraph.controlplane.digest.ResourceAddress;
import dev.omnigraph.controlplane.storage.ListOutcome;
import dev.omnigraph.controlplane.storage.ObjectKey;
import dev.omnigraph.controlplane.storage.ObjectStore;
import dev.omnigraph.controlplane.storage.StorageRoot;
import dev.omnigraph.controlplane.storage.StorageUnavailableException;
import java.util.HashSet;
import java.util.Set;
import java.util.TreeSet;

/** Which graph roots hold anything, by one listing. */
public final class GraphRoots {

    private final Set<ObjectKey> stored;

    private GraphRoots(Set<ObjectKey> stored) {
        this.stored = stored;
    }

    /**
     * Lists.
     *
     * @throws StorageUnavailableException where the storage does not answer
     */
    public static GraphRoots list(ObjectStore store) {
        ListOutcome outcome = store.list(ControlKeys.GRAPHS);
        if (outcome instanceof ListOutcome.Unknown unknown) {
            throw new StorageUnavailableException("the graph roots cannot be listed: " + unknown.reason());
        }
        Set<ObjectKey> keys = new HashSet<>();
        ((ListOutcome.Listed) outcome).entries().forEach(entry -> keys.add(entry.key()));
        return new GraphRoots(keys);
    }

    /** Whether anything is stored below the root of this graph. */
    public boolean isStored(String graph) {
        return stored.contains(StorageRoot.graphKey(graph));
    }

    /** The graphs that a ledger records, sorted. */
    public static Set<String> recorded(Ledger ledger) {
        Set<String> graphs = new TreeSet<>();
        ledger.resources().keySet().forEach(address -> {
            if (address instanceof ResourceAddress.Graph graph) {
                graphs.add(graph.id());
            }
        });
        return graphs;
    }
}
