package dev.omnigraph.controlplane.lance;

import dev.omnigraph.controlplane.graph.BranchHeads;
import dev.omnigraph.controlplane.graph.GraphObservation;
import dev.omnigraph.controlplane.language.schema.CompiledSchema;
import dev.omnigraph.controlplane.storage.ObjectStore;
import dev.omnigraph.controlplane.storage.PrefixOutcome;
import java.io.IOException;

/**
 * Opens graphs as the engine's read-only open does, with every check that it makes and no write of any kind: what is
 * reported as open here opens there (graph-format.md 6.1). Like that open it does not look at staging files, sidecars or
 * table datasets.
 */
final class GraphObserver {

    private final ObjectStore store;
    private final ManifestReader manifests;

    GraphObserver(ObjectStore store, ManifestReader manifests) {
        this.store = store;
        this.manifests = manifests;
    }

    /** The newest commit of each branch, for a graph that opens. */
    BranchHeads heads(GraphPlace place) {
        try {
            open(place);
            return new BranchHeads.Read(manifest(place, manifests::heads));
        } catch (UnopenableException e) {
            return e.outcome() instanceof GraphObservation.NotOpenable broken
                    ? new BranchHeads.NotOpenable(broken.reason())
                    : new BranchHeads.Unknown(((GraphObservation.Unknown) e.outcome()).reason());
        }
    }

    GraphObservation observe(GraphPlace place) {
        try {
            LiveGraph graph = open(place);
            return new GraphObservation.Opened(
                    graph.manifest().version(),
                    graph.schema().source(),
                    graph.digest(),
                    graph.manifest().headCommit(),
                    graph.manifest().tables(),
                    graph.manifest().branches());
        } catch (UnopenableException e) {
            return e.outcome();
        }
    }

    /** The graph, where every check of a read-only open passes. */
    LiveGraph open(GraphPlace place) throws UnopenableException {
        requireAnything(place);
        ManifestState manifest = manifest(place, manifests::read);
        CompiledSchema schema = new SchemaContract(new SchemaFiles(store, place.key())).require();
        return new LiveGraph(manifest, schema);
    }

    private void requireAnything(GraphPlace place) throws UnopenableException {
        PrefixOutcome outcome = store.exists(place.key());
        if (outcome instanceof PrefixOutcome.Unknown unknown) {
            throw UnopenableException.unknown(unknown.reason());
        }
        if (outcome instanceof PrefixOutcome.Absent) {
            throw UnopenableException.notOpenable("there is nothing at " + place);
        }
    }

    /** A way to read {@code __manifest}. */
    @FunctionalInterface
    private interface Reading<T> {
        T read(DatasetLocation location) throws LanceException, MalformedManifestException, IOException;
    }

    private static <T> T manifest(GraphPlace place, Reading<T> reading) throws UnopenableException {
        try {
            return reading.read(place.datasets().resolve(GraphLayout.MANIFEST));
        } catch (MalformedManifestException e) {
            throw UnopenableException.notOpenable(GraphLayout.MANIFEST + " is no usable manifest: " + e.getMessage());
        } catch (LanceException e) {
            String problem = e.failure() == LanceFailure.DATASET_MISSING
                    ? " is missing: the graph was never completely created, or is partly removed"
                    : " cannot be read: " + e.getMessage();
            throw UnopenableException.because(GraphLayout.MANIFEST + problem, e);
        } catch (IOException e) {
            throw UnopenableException.because(GraphLayout.MANIFEST + " cannot be read: " + e.getMessage(), e);
        }
    }
}
