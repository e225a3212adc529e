package dev.omnigraph.controlplane.session;

import dev.omnigraph.controlplane.ledger.ClusterArea;
import dev.omnigraph.controlplane.ledger.GraphRoots;
import dev.omnigraph.controlplane.parallel.Pending;
import dev.omnigraph.controlplane.storage.StorageUnavailableException;
import java.util.Set;

/** What a command looks at first: listings that do not depend on each other, asked for at the same time. */
public final class Sight {

    private final ClusterContext context;
    private final Pending<ClusterArea> cluster;
    private final Pending<GraphRoots> roots;

    private Sight(ClusterContext context) {
        this.context = context;
        this.cluster = context.workers().begin(() -> ClusterArea.look(context.store()));
        this.roots = context.workers().begin(() -> GraphRoots.list(context.store()));
    }

    /** Begins to look. Nothing fails before what failed is asked for. */
    public static Sight begin(ClusterContext context) {
        return new Sight(context);
    }

    /**
     * What stands in {@code __cluster/}.
     *
     * @throws StorageUnavailableException where the storage does not answer
     */
    public ClusterArea cluster() {
        return cluster.get();
    }

    /**
     * The graph roots. They may have been listed before the ledger, so that a graph which that records may be younger: where
     * one is not among them they are listed once more.
     *
     * @param recorded the graphs that the ledger records
     * @throws StorageUnavailableException where the storage does not answer
     */
    public GraphRoots roots(Set<String> recorded) {
        GraphRoots seen = roots.get();
        return recorded.stream().allMatch(seen::isStored) ? seen : GraphRoots.list(context.store());
    }
}
