package dev.omnigraph.controlplane.app;

import dev.omnigraph.controlplane.config.ClusterHeader;
import dev.omnigraph.controlplane.config.HeaderLoad;
import dev.omnigraph.controlplane.id.IdSource;
import dev.omnigraph.controlplane.id.Pause;
import dev.omnigraph.controlplane.instance.Heartbeat;
import dev.omnigraph.controlplane.instance.HeartbeatTiming;
import dev.omnigraph.controlplane.instance.InstanceStart;
import dev.omnigraph.controlplane.instance.InstanceStore;
import dev.omnigraph.controlplane.ledger.ClusterLock;
import dev.omnigraph.controlplane.ledger.LockObservation;
import dev.omnigraph.controlplane.ledger.LockRemoval;
import dev.omnigraph.controlplane.operation.ClusterIdentity;
import dev.omnigraph.controlplane.operation.ClusterIdentityStore;
import dev.omnigraph.controlplane.operation.InterruptedOperations;
import dev.omnigraph.controlplane.operation.OperationOwner;
import dev.omnigraph.controlplane.operation.OperationStore;
import dev.omnigraph.controlplane.storage.ObjectStore;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;

/** What a start settles with the store before the first request. */
final class ClusterStart {

    private ClusterStart() {}

    /**
     * The cluster's identity, stored now if this is the first start.
     *
     * @param configured the name the cluster is to have; where the store has another, the store is the wrong one
     * @param header whose label names the cluster where nothing else does
     */
    static ClusterIdentity identity(Optional<String> configured, HeaderLoad header, ObjectStore store, IdSource ids) {
        configured.filter(name -> !ClusterIdentity.canName(name)).ifPresent(name -> {
            throw new StartRefusedException(
                    "control-plane.cluster-id=" + name + " cannot name a cluster.",
                    "Use 1 to 256 ASCII letters, digits, underscores and hyphens.");
        });
        Optional<String> label =
                header.header().flatMap(ClusterHeader::metadataName).filter(ClusterIdentity::canName);
        ClusterIdentity proposed =
                new ClusterIdentity(configured.or(() -> label).orElseGet(ids::nextUlid), ids.nextUlid());
        ClusterIdentity identity = established(new ClusterIdentityStore(store).establish(proposed), store);
        if (configured.isPresent() && !configured.get().equals(identity.clusterId())) {
            throw new StartRefusedException(
                    "The store at " + store.location() + " belongs to cluster " + identity.clusterId() + ", not to "
                            + configured.get() + ".",
                    "Correct control-plane.storage, or leave control-plane.cluster-id out.");
        }
        return identity;
    }

    private static ClusterIdentity established(ClusterIdentityStore.Outcome outcome, ObjectStore store) {
        if (outcome instanceof ClusterIdentityStore.Outcome.Established established) {
            return established.identity();
        } else if (outcome instanceof ClusterIdentityStore.Outcome.Unreadable unreadable) {
            throw new StartRefusedException(
                    "The store at " + store.location() + " does not say which cluster it holds: " + unreadable.reason()
                            + ".",
                    "Restore the document from a backup, or use the version of the service that wrote it.");
        }
        throw unavailable(store.location(), ((ClusterIdentityStore.Outcome.Unavailable) outcome).reason());
    }

    /**
     * Takes the instance's name for this process, and the lock away that a dead process of this instance left. To be closed
     * where this start goes no further.
     */
    static Heartbeat instance(
            OperationOwner self, ObjectStore store, InstantSource clock, Pause pause, HeartbeatTiming timing) {
        InstanceStart.Outcome outcome = begin(self, store, clock, pause, timing);
        if (outcome instanceof InstanceStart.Outcome.Begun begun) {
            return begun.heartbeat();
        } else if (outcome instanceof InstanceStart.Outcome.Duplicate duplicate) {
            throw new StartRefusedException(
                    "Another process is instance " + self.instance() + " of this cluster, on host "
                            + duplicate.other().process().host() + " since "
                            + duplicate.other().process().processStart() + ", and gives signs of life.",
                    "Give each process a control-plane.instance-id of its own, or stop the other one first.");
        } else if (outcome instanceof InstanceStart.Outcome.Unreadable unreadable) {
            throw new StartRefusedException(
                    "The record of instance " + self.instance() + " at " + store.location() + " cannot be understood: "
                            + unreadable.reason() + ".",
                    "Use the version of the service that wrote it, or another control-plane.instance-id.");
        }
        throw unavailable("__control/instance", ((InstanceStart.Outcome.Unavailable) outcome).reason());
    }

    private static InstanceStart.Outcome begin(
            OperationOwner self, ObjectStore store, InstantSource clock, Pause pause, HeartbeatTiming timing) {
        try {
            return new InstanceStart(new InstanceStore(store), clock, pause, timing).begin(self, version());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return new InstanceStart.Outcome.Unavailable("the start was told to stop");
        }
    }

    private static String version() {
        return Optional.ofNullable(ClusterStart.class.getPackage().getImplementationVersion())
                .orElse("development");
    }

    /**
     * Takes back the lock that the earlier process of this instance left, if it did, and names it. The record says which
     * lock that process wanted or had, and that process gives no sign of life any more.
     */
    static Optional<String> takeBackLock(Heartbeat heartbeat, ClusterLock lock) {
        Optional<String> left = heartbeat.lockId();
        if (left.isEmpty()) {
            return left;
        }
        LockRemoval removal = lock.remove(left.get());
        if (removal instanceof LockRemoval.Failed failed) {
            throw unavailable("the lock that an earlier process of this instance left", failed.reason());
        }
        if (removal.seen() instanceof LockObservation.Unknown unknown) {
            throw unavailable("the lock", unknown.reason());
        }
        heartbeat.forgetLock();
        return left.filter(ignored -> removal instanceof LockRemoval.Removed);
    }

    /** Ends what an earlier process of this instance left queued or running, and names it. */
    static List<String> markInterrupted(OperationStore operations, OperationOwner self, Instant now) {
        InterruptedOperations.Outcome outcome = new InterruptedOperations(operations).mark(self, now);
        if (outcome instanceof InterruptedOperations.Outcome.Marked marked) {
            return marked.ids();
        }
        throw unavailable("__control/operations", ((InterruptedOperations.Outcome.Unavailable) outcome).reason());
    }

    private static StartRefusedException unavailable(String what, String reason) {
        return new StartRefusedException(
                "The store does not answer for " + what + ": " + reason + ".",
                "Check that the storage is reachable and that the service may read and write it.");
    }
}
