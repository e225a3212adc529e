package dev.omnigraph.controlplane.apply;

import dev.omnigraph.controlplane.fault.FaultPoint;
import dev.omnigraph.controlplane.ledger.ControlKeys;
import dev.omnigraph.controlplane.plan.GraphDestruction;
import dev.omnigraph.controlplane.session.ClusterContext;
import dev.omnigraph.controlplane.session.CommandReport;
import dev.omnigraph.controlplane.session.LockedSection;
import dev.omnigraph.controlplane.session.RunListener;
import dev.omnigraph.controlplane.storage.DeleteOutcome;
import dev.omnigraph.controlplane.storage.GetOutcome;
import dev.omnigraph.controlplane.storage.MoveOutcome;
import dev.omnigraph.controlplane.storage.ObjectKey;
import dev.omnigraph.controlplane.storage.ObjectStore;
import dev.omnigraph.controlplane.storage.PrefixOutcome;
import dev.omnigraph.controlplane.storage.StorageRoot;
import dev.omnigraph.controlplane.storage.StorageUnavailableException;
import dev.omnigraph.controlplane.storage.TreeOutcome;
import dev.omnigraph.controlplane.storage.TreeRemoval;
import dev.omnigraph.controlplane.storage.VersionTag;
import java.util.Optional;

/**
 * Removes the root of a graph, if it is what was approved, in steps of which each proves that it may be done.
 *
 * <p>Where the store can move, the root is moved aside in one step and compared there: nobody writes to it any more, so
 * what is found stays true. What is something else is moved back. Where the store cannot move, {@code _schema.pg} and
 * the manifest go first, each object only in the version that was compared; what others write between the comparison and
 * these conditional deletes is lost with the graph.
 *
 * <p>The manifest goes before everything else, so that a graph of which a part is gone never opens. Not thread-safe.
 */
final class GraphRemover {

    private static final String MANIFEST = Destructions.MANIFEST;
    static final String SCHEMA_SOURCE = "_schema.pg";

    private final ClusterContext context;
    private final ObjectStore store;
    private final Destructions destructions;
    private final LockedSection lock;
    private final CommandReport report;
    private final RunListener listener;

    GraphRemover(ClusterContext context, LockedSection lock, CommandReport report, RunListener listener) {
        this.context = context;
        this.store = context.store();
        this.destructions = new Destructions(context);
        this.lock = lock;
        this.report = report;
        this.listener = listener;
    }

    /** What removing a graph came to. */
    sealed interface Removal {

        /** Nothing of the graph is left. */
        record Done() implements Removal {}

        /** It is not what was approved. It stands where it stood, and nothing was removed. */
        record Moved(String reason) implements Removal {}

        /** It did not come to an end; the reason says how far it came. */
        record Failed(String reason) implements Removal {}
    }

    /**
     * What is to be removed.
     *
     * @param sidecar of the delete
     * @param begun an earlier run had found it to be what was approved, and had begun
     * @param approved what was approved; empty where the data may be other
     */
    record Target(String graph, String sidecar, boolean begun, Optional<String> approved) {

        ObjectKey root() {
            return StorageRoot.graphKey(graph);
        }

        ObjectKey aside() {
            return ControlKeys.trash(sidecar, graph);
        }
    }

    /**
     * Removes.
     *
     * @throws StorageUnavailableException where the storage does not answer
     * @throws LockLostException where the lock was lost on the way
     */
    Removal remove(Target target) {
        if (!isThere(target.root())) {
            return new Removal.Done(); // somebody else was faster, or an earlier run
        }
        if (target.begun() && destructions.isWithoutManifest(target.root())) {
            return removeRest(target, target.root()); // an earlier run compared it and removed what it opens by
        }
        String footprint = footprint(target.root());
        GraphDestruction found = destructions.at(target.root());
        if (!isApproved(target, found)) {
            return new Removal.Moved("the graph is not what was approved: something was written since");
        }
        requireLock();
        MoveOutcome move = store.move(target.root(), target.aside());
        if (move instanceof MoveOutcome.Unsupported) {
            return removeInPlace(target);
        }
        if (!(move instanceof MoveOutcome.Done)) {
            return new Removal.Failed("the graph could not be moved aside: " + reason(move));
        }
        context.faults().reach(FaultPoint.CLUSTER_APPLY_AFTER_GRAPH_MOVED_ASIDE);
        if (target.approved().isPresent() && !footprint(target.aside()).equals(footprint)) {
            return putBack(target);
        }
        begin(target);
        return removeRest(target, target.aside());
    }

    private static boolean isApproved(Target target, GraphDestruction found) {
        return target.approved().map(found.seen()::equals).orElse(true);
    }

    /** What every commit on every branch changes; all objects where there is no manifest. */
    private String footprint(ObjectKey place) {
        ObjectKey compared = destructions.isWithoutManifest(place) ? place : place.child(MANIFEST);
        return Destructions.footprint(compared, listed(compared));
    }

    private void begin(Target target) {
        requireLock();
        listener.removalStarted(target.sidecar());
        context.faults().reach(FaultPoint.CLUSTER_APPLY_AFTER_REMOVAL_STARTED);
    }

    private Removal putBack(Target target) {
        requireLock();
        MoveOutcome back = store.move(target.aside(), target.root());
        return back instanceof MoveOutcome.Done
                ? new Removal.Moved("something was written to the graph at the moment of its removal")
                : new Removal.Failed("something was written to the graph at the moment of its removal, and it could not"
                        + " be moved back from " + context.root().display(target.aside()) + ": " + reason(back));
    }

    /** The window that {@link GraphRemover} names. */
    private Removal removeInPlace(Target target) {
        ObjectKey manifest = target.root().child(MANIFEST);
        TreeOutcome.Listed compared = listed(manifest);
        GetOutcome schema = store.get(target.root().child(SCHEMA_SOURCE));
        if (!isApproved(target, destructions.at(target.root()))) {
            return new Removal.Moved("the graph is not what was approved: something was written since");
        }
        begin(target);
        if (schema instanceof GetOutcome.Found found) {
            DeleteOutcome deleted = store.deleteIfMatch(
                    target.root().child(SCHEMA_SOURCE), found.object().tag());
            if (!(deleted instanceof DeleteOutcome.Done)) {
                return new Removal.Failed("the schema of the graph could not be removed as it was compared");
            }
        }
        for (TreeOutcome.Entry entry : compared.entries()) {
            if (!(store.deleteIfMatch(entry.key(), new VersionTag(entry.stamp())) instanceof DeleteOutcome.Done)) {
                return new Removal.Failed(entry.key() + " could not be removed as it was compared");
            }
        }
        return removeRest(target, target.root());
    }

    private Removal removeRest(Target target, ObjectKey place) {
        Optional<String> obstacle = removeTree(target, place.child(MANIFEST));
        if (obstacle.isEmpty()) {
            context.faults().reach(FaultPoint.CLUSTER_APPLY_AFTER_MANIFEST_REMOVED);
            obstacle = removeTree(target, place);
        }
        if (obstacle.isPresent()) {
            return new Removal.Failed(
                    "a part of the graph is left at " + context.root().display(place) + ": " + obstacle.get());
        }
        store.removeTree(ControlKeys.trash(target.sidecar()), removed -> {}); // the empty folder
        return isThere(target.root())
                ? new Removal.Failed("the graph was removed, and another one stands at its root since")
                : new Removal.Done();
    }

    private Optional<String> removeTree(Target target, ObjectKey place) {
        return TreeRemoval.remove(
                store,
                place,
                removed -> listener.progress(
                        GraphMove.DELETE.phase(),
                        Optional.of(GraphMove.DELETE.addressOf(target.graph()).text()),
                        (int) removed,
                        0));
    }

    private boolean isThere(ObjectKey place) {
        PrefixOutcome exists = store.exists(place);
        if (exists instanceof PrefixOutcome.Unknown unknown) {
            throw new StorageUnavailableException("whether anything is stored at "
                    + context.root().display(place) + " is not known: " + unknown.reason());
        }
        return exists instanceof PrefixOutcome.Present;
    }

    private TreeOutcome.Listed listed(ObjectKey place) {
        if (store.tree(place) instanceof TreeOutcome.Listed listed) {
            return listed;
        }
        throw new StorageUnavailableException("what lies at " + context.root().display(place) + " cannot be listed");
    }

    private void requireLock() {
        if (!lock.mayAct(report)) {
            throw new LockLostException();
        }
    }

    private static String reason(MoveOutcome move) {
        if (move instanceof MoveOutcome.Refused refused) {
            return refused.reason();
        }
        if (move instanceof MoveOutcome.Unknown unknown) {
            return unknown.reason();
        }
        return move instanceof MoveOutcome.Occupied ? "something is there" : "nothing is there";
    }
}
