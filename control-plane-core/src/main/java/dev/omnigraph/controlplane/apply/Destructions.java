package dev.omnigraph.controlplane.apply;

import dev.omnigraph.controlplane.digest.Sha256;
import dev.omnigraph.controlplane.graph.BranchHeads;
import dev.omnigraph.controlplane.graph.GraphObservation;
import dev.omnigraph.controlplane.graph.GraphRoot;
import dev.omnigraph.controlplane.json.JsonArray;
import dev.omnigraph.controlplane.json.JsonText;
import dev.omnigraph.controlplane.plan.GraphDestruction;
import dev.omnigraph.controlplane.session.ClusterContext;
import dev.omnigraph.controlplane.storage.ObjectKey;
import dev.omnigraph.controlplane.storage.PrefixOutcome;
import dev.omnigraph.controlplane.storage.StorageUnavailableException;
import dev.omnigraph.controlplane.storage.TreeOutcome;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/** Looks at what removing a graph would destroy. Reads only. */
final class Destructions {

    /** What a graph opens by, below its root. */
    static final String MANIFEST = "__manifest";

    private final ClusterContext context;

    Destructions(ClusterContext context) {
        this.context = context;
    }

    /**
     * What lies there now.
     *
     * @param place where the graph lies, its own root or where it was moved aside
     * @throws StorageUnavailableException where the storage does not answer
     */
    GraphDestruction at(ObjectKey place) {
        GraphRoot root = new GraphRoot(context.root().display(place));
        TreeOutcome tree = context.store().tree(place);
        GraphObservation observation = context.engine().observe(root);
        if (observation instanceof GraphObservation.Unknown unknown) {
            throw new StorageUnavailableException(root + " cannot be looked at: " + unknown.reason());
        }
        if (observation instanceof GraphObservation.NotOpenable broken) {
            return ofObjects(place, tree, broken.reason());
        }
        BranchHeads heads = context.engine().heads(root);
        if (heads instanceof BranchHeads.Unknown unknown) {
            throw new StorageUnavailableException(root + " cannot be looked at: " + unknown.reason());
        }
        return heads instanceof BranchHeads.NotOpenable broken
                ? ofObjects(place, tree, broken.reason())
                : ofGraph((GraphObservation.Opened) observation, (BranchHeads.Read) heads, tree);
    }

    /**
     * Whether a removal has got so far that no graph opens there, because what it opens by is gone.
     *
     * @throws StorageUnavailableException where the storage does not answer
     */
    boolean isWithoutManifest(ObjectKey place) {
        PrefixOutcome manifest = context.store().exists(place.child(MANIFEST));
        if (manifest instanceof PrefixOutcome.Unknown unknown) {
            throw new StorageUnavailableException("whether anything is stored at "
                    + context.root().display(place.child(MANIFEST)) + " is not known: " + unknown.reason());
        }
        return manifest instanceof PrefixOutcome.Absent;
    }

    /** Names the content of a graph by the newest commit of each branch: nothing that was written leaves it as it was. */
    static String seen(BranchHeads.Read heads) {
        List<JsonArray> pairs = heads.commits().entrySet().stream()
                .map(head -> JsonArray.ofStrings(List.of(head.getKey(), head.getValue())))
                .toList();
        return Sha256.hex(JsonText.compact(JsonArray.of(pairs)));
    }

    /** Names objects by their keys below a place, their sizes and their stamps, wherever that place is. */
    static String footprint(ObjectKey place, TreeOutcome.Listed tree) {
        List<JsonArray> objects = tree.entries().stream()
                .map(entry -> JsonArray.ofStrings(List.of(
                        entry.key().path().substring(place.path().length()),
                        Long.toString(entry.bytes()),
                        entry.stamp())))
                .toList();
        return Sha256.hex(JsonText.compact(JsonArray.of(objects)));
    }

    private static GraphDestruction ofGraph(GraphObservation.Opened graph, BranchHeads.Read heads, TreeOutcome tree) {
        return new GraphDestruction(
                seen(heads),
                Optional.empty(),
                OptionalLong.of(graph.manifestVersion()),
                graph.tables().stream()
                        .map(table -> new GraphDestruction.TableRows(table.key(), table.rows()))
                        .toList(),
                objects(tree),
                bytes(tree),
                heads.commits().keySet().stream().toList(),
                Optional.of(graph.headCommit()));
    }

    private static GraphDestruction ofObjects(ObjectKey place, TreeOutcome tree, String obstacle) {
        if (!(tree instanceof TreeOutcome.Listed listed)) {
            throw new StorageUnavailableException(
                    "what lies at " + place + " cannot be told: " + ((TreeOutcome.Unknown) tree).reason());
        }
        return new GraphDestruction(
                footprint(place, listed),
                Optional.of(obstacle),
                OptionalLong.empty(),
                List.of(),
                objects(tree),
                bytes(tree),
                List.of(),
                Optional.empty());
    }

    private static OptionalLong objects(TreeOutcome tree) {
        return tree instanceof TreeOutcome.Listed listed
                ? OptionalLong.of(listed.entries().size())
                : OptionalLong.empty();
    }

    private static OptionalLong bytes(TreeOutcome tree) {
        return tree instanceof TreeOutcome.Listed listed ? OptionalLong.of(listed.bytes()) : OptionalLong.empty();
    }
}
