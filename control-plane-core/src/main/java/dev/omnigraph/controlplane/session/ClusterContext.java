package dev.omnigraph.controlplane.session;

import dev.omnigraph.controlplane.fault.FaultPoints;
import dev.omnigraph.controlplane.graph.GraphEngine;
import dev.omnigraph.controlplane.id.IdSource;
import dev.omnigraph.controlplane.id.Pause;
import dev.omnigraph.controlplane.ledger.ClusterLock;
import dev.omnigraph.controlplane.operation.LockBranches;
import dev.omnigraph.controlplane.operation.OperationStore;
import dev.omnigraph.controlplane.storage.ObjectStore;
import dev.omnigraph.controlplane.storage.StorageRoot;
import java.time.InstantSource;
import java.util.concurrent.Executor;

/**
 * The cluster that commands work on and the ports through which they do.
 *
 * @param catalogWriters runs the writes of catalog copies, several at a time
 * @param ownLocks the locks that commands on this context hold
 */
public record ClusterContext(
        StorageRoot root,
        ObjectStore store,
        GraphEngine engine,
        InstantSource clock,
        IdSource ids,
        Pause pause,
        FaultPoints faults,
        Executor catalogWriters,
        CommandSettings settings,
        OwnLocks ownLocks) {

    /** A context on which no command runs yet. */
    public ClusterContext(
            StorageRoot root,
            ObjectStore store,
            GraphEngine engine,
            InstantSource clock,
            IdSource ids,
            Pause pause,
            FaultPoints faults,
            Executor catalogWriters,
            CommandSettings settings) {
        this(root, store, engine, clock, ids, pause, faults, catalogWriters, settings, new OwnLocks());
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
