package dev.omnigraph.controlplane.lance;

import dev.omnigraph.controlplane.fault.FaultPoints;
import dev.omnigraph.controlplane.storage.ObjectStore;
import java.io.IOException;
import java.util.List;
import java.util.Optional;

/**
 * A graph while it is recovered: where its parts are, and what keeps its text objects.
 *
 * @param root what is given to Lance
 */
record RecoveringGraph(
        DatasetLocation root,
        GraphTexts texts,
        SchemaStaging staging,
        RecoverySidecars sidecars,
        SchemaContract contract) {

    static RecoveringGraph at(GraphPlace place, ObjectStore store, FaultPoints faultPoints) throws IOException {
        GraphTexts texts = new GraphTexts(store, place.key());
        return new RecoveringGraph(
                place.datasets(),
                texts,
                new SchemaStaging(texts, faultPoints),
                new RecoverySidecars(texts, faultPoints),
                new SchemaContract(new SchemaFiles(store, place.key())));
    }

    DatasetLocation manifest() {
        return root.resolve(GraphLayout.MANIFEST);
    }

    /**
     * The dataset of a table that a sidecar names.
     *
     * @throws RecoveryStuckException when it names another place: the graph was moved while a write was interrupted, or
     *     the sidecar is another graph's
     */
    DatasetLocation dataset(RecoverySidecar.Pin pin) throws IOException, RecoveryStuckException {
        DatasetLocation dataset = dataset(pin.tableKey());
        if (!dataset.isCalled(pin.location())) {
            throw new RecoveryStuckException("a sidecar names " + pin.location() + " as the table " + pin.tableKey()
                    + ", which is at " + dataset + ". If the graph was moved, move it back and recover it there;"
                    + " nothing of that write was changed");
        }
        return dataset;
    }

    /** The dataset of a table that a sidecar adds. */
    DatasetLocation dataset(RecoverySidecar.Registration registration) throws RecoveryStuckException {
        DatasetLocation dataset = dataset(registration.tableKey());
        if (!GraphLayout.tablePath(registration.tableKey()).equals(Optional.of(registration.path()))) {
            throw new RecoveryStuckException("a sidecar adds the table " + registration.tableKey() + " at "
                    + registration.path() + ", where no such table can be; nothing of that write was changed");
        }
        return dataset;
    }

    private DatasetLocation dataset(String tableKey) throws RecoveryStuckException {
        return root.resolve(GraphLayout.tablePath(tableKey)
                .orElseThrow(() -> new RecoveryStuckException("a sidecar names " + tableKey
                        + ", and no table can be called so; nothing of that write was" + " changed")));
    }

    /** A branch that a sidecar names, which is to be one of the graph: its name becomes part of a path. */
    static void requireBranch(Optional<String> branch, List<String> branches) throws RecoveryStuckException {
        if (branch.isPresent() && !branches.contains(branch.get())) {
            throw new RecoveryStuckException("a sidecar names a table on the branch " + branch.get()
                    + ", which the graph does not have; nothing of that write was changed");
        }
    }
}
