package dev.omnigraph.controlplane.lance;

import dev.omnigraph.controlplane.graph.HistoryRemoval;
import dev.omnigraph.controlplane.graph.TableHistory;
import java.io.IOException;
import java.util.Optional;

/**
 * Removes the versions of tables that a hard drop leaves behind (graph-format.md 7.3). The newest version of a table always
 * stays, and so do versions with a tag. Thread-safe; may be repeated.
 */
final class HistoryRemover {

    private final LanceDatasets datasets;
    private final ManifestReader manifests;
    private final DurableTree durable;

    HistoryRemover(LanceDatasets datasets, ManifestReader manifests, DurableTree durable) {
        this.datasets = datasets;
        this.manifests = manifests;
        this.durable = durable;
    }

    /** @param commit one that the graph has; another graph at the same place, which has not, is left alone */
    HistoryRemoval remove(GraphPlace place, String commit, TableHistory history) {
        try {
            return isSame(place, commit)
                    ? new HistoryRemoval.Done(remove(place.datasets(), history))
                    : new HistoryRemoval.OtherGraph("another graph is at " + place + " by now");
        } catch (LanceException | IOException | MalformedManifestException e) {
            return new HistoryRemoval.Incomplete("versions of the table " + history.key() + " below "
                    + Long.toUnsignedString(history.firstKept()) + " could not all be removed: " + e.getMessage());
        }
    }

    private boolean isSame(GraphPlace place, String commit)
            throws LanceException, IOException, MalformedManifestException {
        DatasetLocation manifest = place.datasets().resolve(GraphLayout.MANIFEST);
        return manifest.isPresent() && manifests.hasCommit(manifest, commit);
    }

    private long remove(DatasetLocation root, TableHistory history)
            throws LanceException, IOException, MalformedManifestException {
        Optional<String> path = GraphLayout.tablePath(history.key());
        if (path.isEmpty()) {
            throw new IOException("no table has this name");
        }
        DatasetLocation table = root.resolve(path.get());
        if (!table.isPresent()) {
            return 0;
        }
        ManifestReader.requireFramed(table);
        long bytes = datasets.removeVersionsBelow(table, history.firstKept());
        // Nothing was written, so only the names are forced: what is removed must not be there again after a power
        // loss.
        durable.forceNew(table, durable.known(table));
        return bytes;
    }
}
