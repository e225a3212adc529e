package dev.omnigraph.controlplane.apply;

import dev.omnigraph.controlplane.digest.Sha256;
import dev.omnigraph.controlplane.ledger.ControlKeys;
import dev.omnigraph.controlplane.ledger.Sidecar;
import dev.omnigraph.controlplane.operation.SidecarNotes;
import dev.omnigraph.controlplane.recovery.RecoveryDecision;
import dev.omnigraph.controlplane.recovery.Sweep;
import dev.omnigraph.controlplane.session.ClusterContext;
import dev.omnigraph.controlplane.storage.DeleteOutcome;
import dev.omnigraph.controlplane.storage.GetOutcome;
import dev.omnigraph.controlplane.storage.MoveOutcome;
import dev.omnigraph.controlplane.storage.ObjectKey;
import dev.omnigraph.controlplane.storage.RemovalOutcome;
import dev.omnigraph.controlplane.storage.StorageRoot;
import dev.omnigraph.controlplane.storage.StorageUnavailableException;
import dev.omnigraph.controlplane.storage.TreeOutcome;
import dev.omnigraph.controlplane.storage.VersionTag;
import java.util.Comparator;
import java.util.Optional;

/**
 * Parts of graphs that creates of this service left (I20). One is ours only where the operation record proves that our
 * create won the root, the graph does not open, and the schema that claimed the root is still the one that was written.
 */
public final class Leftovers {

    private final ClusterContext context;
    private final SidecarNotes notes;

    public Leftovers(ClusterContext context) {
        this.context = context;
        this.notes = new SidecarNotes(context.store());
    }

    /**
     * What there is to discard.
     *
     * @param digest names exactly these objects
     */
    public record Leftover(Sidecar sidecar, String digest, long objects, long bytes) {}

    /**
     * What the create with this sidecar left; empty where nothing is there, or it is not proved to be ours.
     *
     * @throws StorageUnavailableException where the storage does not answer
     */
    public Optional<Leftover> of(Sweep.Examined examined) {
        boolean incomplete = examined.decision()
                .filter(RecoveryDecision.KeepIncomplete.class::isInstance)
                .isPresent();
        return examined.sidecar()
                .filter(sidecar -> incomplete && isOurs(sidecar))
                .map(this::found);
    }

    /**
     * Removes it, after it was moved aside and found there to be what was shown. Where the store cannot move, each object
     * goes in the version that was shown only, and the schema that claims the root last: nobody else's graph begins there
     * before all of it is gone. What somebody adds meanwhile stays.
     *
     * @return why it was not removed, or not wholly; empty where nothing of it is left
     */
    public Optional<String> remove(Leftover leftover) {
        ObjectKey root = StorageRoot.graphKey(leftover.sidecar().graphId());
        ObjectKey trash = ControlKeys.trash(leftover.sidecar().operationId());
        ObjectKey aside = ControlKeys.trash(
                leftover.sidecar().operationId(), leftover.sidecar().graphId());
        MoveOutcome move = context.store().move(root, aside);
        if (move instanceof MoveOutcome.Unsupported) {
            return removeInPlace(leftover, root);
        }
        if (!(move instanceof MoveOutcome.Done)) {
            return Optional.of("it could not be moved aside, and nothing was removed");
        }
        if (!Destructions.footprint(aside, listed(aside)).equals(leftover.digest())) {
            return Optional.of(
                    context.store().move(aside, root) instanceof MoveOutcome.Done
                            ? "something was written there at this moment; it was moved back"
                            : "something was written there at this moment, and it could not be moved back from "
                                    + context.root().display(aside));
        }
        return context.store().removeTree(trash, removed -> {}) instanceof RemovalOutcome.Incomplete left
                ? Optional.of("a part of it is left at " + context.root().display(trash) + ": " + left.reason())
                : Optional.empty();
    }

    private Optional<String> removeInPlace(Leftover leftover, ObjectKey root) {
        TreeOutcome.Listed shown = listed(root);
        if (!Destructions.footprint(root, shown).equals(leftover.digest())) {
            return Optional.of("something was written there at this moment; nothing was removed");
        }
        ObjectKey claim = schemaOf(leftover.sidecar());
        Optional<String> obstacle = shown.entries().stream()
                .sorted(Comparator.comparing(entry -> entry.key().equals(claim)))
                .flatMap(entry -> removeAsShown(entry).stream())
                .findFirst();
        return obstacle.or(() -> listed(root).entries().isEmpty()
                ? Optional.empty()
                : Optional.of(
                        "something was written to " + context.root().display(root) + " at this moment, and stays"));
    }

    private Optional<String> removeAsShown(TreeOutcome.Entry entry) {
        DeleteOutcome outcome = context.store().deleteIfMatch(entry.key(), new VersionTag(entry.stamp()));
        return outcome instanceof DeleteOutcome.Done
                ? Optional.empty()
                : Optional.of("a part of it is left: " + entry.key() + " could not be removed as it was shown");
    }

    private static ObjectKey schemaOf(Sidecar sidecar) {
        return StorageRoot.graphKey(sidecar.graphId()).child(GraphRemover.SCHEMA_SOURCE);
    }

    private boolean isOurs(Sidecar sidecar) {
        return notes.isClaimWon(sidecar.operationId()) && isSchemaUntouched(sidecar);
    }

    private boolean isSchemaUntouched(Sidecar sidecar) {
        GetOutcome schema = context.store().get(schemaOf(sidecar));
        if (schema instanceof GetOutcome.Unknown unknown) {
            throw new StorageUnavailableException(
                    "the schema at the root of graph " + sidecar.graphId() + " cannot be read: " + unknown.reason());
        }
        return schema instanceof GetOutcome.Absent
                || (schema instanceof GetOutcome.Found found
                        && Sha256.hex(found.object().bytes()).equals(sidecar.desiredSchemaDigest()));
    }

    private Leftover found(Sidecar sidecar) {
        ObjectKey root = StorageRoot.graphKey(sidecar.graphId());
        TreeOutcome.Listed tree = listed(root);
        return new Leftover(
                sidecar, Destructions.footprint(root, tree), tree.entries().size(), tree.bytes());
    }

    private TreeOutcome.Listed listed(ObjectKey place) {
        if (context.store().tree(place) instanceof TreeOutcome.Listed listed) {
            return listed;
        }
        throw new StorageUnavailableException("what lies at " + context.root().display(place) + " cannot be listed");
    }
}
