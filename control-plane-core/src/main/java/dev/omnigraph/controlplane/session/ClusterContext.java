package dev.omnigraph.controlplane.session;

import dev.omnigraph.controlplane.fault.FaultPoints;
import dev.omnigraph.controlplane.graph.GraphEngine;
import dev.omnigraph.controlplane.id.IdSource;
import dev.omnigraph.controlplane.id.Pause;
import dev.omnigraph.controlplane.instance.Presence;
import dev.omnigraph.controlplane.ledger.CatalogCheck;
import dev.omnigraph.controlplane.ledger.ClusterLock;
import dev.omnigraph.controlplane.ledger.LedgerStore;
import dev.omnigraph.controlplane.operation.LockBranches;
import dev.omnigraph.controlplane.operation.OperationStore;
import dev.omnigraph.controlplane.parallel.Workers;
import dev.omnigraph.controlplane.storage.ObjectStore;
import dev.omnigraph.controlplane.storage.StorageRoot;
import java.time.InstantSource;
import java.util.concurrent.Executor;

/**
 * The cluster that commands work on and the ports through which they do.
 *
 * @param workers do what is done several at a time: listings, writes and reads of catalog copies, looks at graphs
 * @param presence this process among those that work on the cluster
 * @param memory what commands on this context keep for the next ones
 */
public record ClusterContext(
        StorageRoot root,
        ObjectStore store,
        GraphEngine engine,
        InstantSource clock,
        IdSource ids,
        Pause pause,
        FaultPoints faults,
        Workers workers,
        CommandSettings settings,
        Presence presence,
        ProcessMemory memory) {

    /**
     * A context on which no command runs yet.
     *
     * @param threads of the workers
     */
    public ClusterContext(
            StorageRoot root,
            ObjectStore store,
            GraphEngine engine,
            InstantSource clock,
            IdSource ids,
            Pause pause,
            FaultPoints faults,
            Executor threads,
            CommandSettings settings,
            Presence presence) {
        this(
                root,
                store,
                engine,
                clock,
                ids,
                pause,
                faults,
                new Workers(threads),
                settings,
                presence,
                ProcessMemory.empty());
    }

    /** The ledger, with what this process remembers of it. */
    public LedgerStore ledgers() {
        return new LedgerStore(store, memory.ledger());
    }

    /** The check of the catalog, with what this process remembers of it. */
    public CatalogCheck catalogCheck() {
        return new CatalogCheck(store, memory.catalog(), workers);
    }

    /** The cluster's lock. */
    public ClusterLock lock() {
        return new ClusterLock(store, clock, ids, pause, settings.pid());
    }

    /** Whose the lock branches on graphs are. */
    public LockBranches lockBranches() {
        return new LockBranches(new OperationStore(store));
    }
}
