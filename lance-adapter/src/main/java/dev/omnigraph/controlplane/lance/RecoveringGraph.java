package dev.omnigraph.controlplane.lance;

import dev.omnigraph.controlplane.fault.FaultPoints;
import dev.omnigraph.controlplane.storage.ObjectStore;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * A graph while it is recovered: where its parts are, and what keeps its text objects.
 *
 * @param root the path that is given to Lance
 */
record RecoveringGraph(
        Path root, GraphTexts texts, SchemaStaging staging, RecoverySidecars sidecars, SchemaContract contract) {

    static RecoveringGraph at(GraphPlace place, ObjectStore store, FaultPoints faultPoints) throws IOException {
        GraphTexts texts = new GraphTexts(store, place.key());
        return new RecoveringGraph(
                place.datasets(),
                texts,
                new SchemaStaging(texts, faultPoints),
                new RecoverySidecars(texts, faultPoints),
                new SchemaContract(new SchemaFiles(store, place.key())));
    }

    Path manifest() {
        return root.resolve(GraphLayout.MANIFEST);
    }

    /**
     * The dataset of a table that a sidecar names.
     *
     * @throws RecoveryStuckException when it names another place: the graph was moved while a write was interrupted, or
     *     the sidecar is another graph's
     */
    Path dataset(RecoverySidecar.Pin pin) throws IOException, RecoveryStuckException {
        Path dataset = dataset(pin.tableKey());
        if (!isAt(dataset, pin.location())) {
            throw new RecoveryStuckException("a sidecar names " + pin.location() + " as the table " + pin.tableKey()
                    + ", which is at " + dataset + ". If the graph was moved, move it back and recover it there;"
                    + " nothing of that write was changed");
        }
        return dataset;
    }

    /** The dataset of a table that a sidecar adds. */
    Path dataset(RecoverySidecar.Registration registration) throws RecoveryStuckException {
        Path dataset = dataset(registration.tableKey());
        if (!root.relativize(dataset).toString().equals(registration.path())) {
            throw new RecoveryStuckException("a sidecar adds the table " + registration.tableKey() + " at "
                    + registration.path() + ", where no such table can be; nothing of that write was changed");
        }
        return dataset;
    }

    private Path dataset(String tableKey) throws RecoveryStuckException {
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

    private static boolean isAt(Path dataset, String location) throws IOException {
        if (location.equals(dataset.toString())) {
            return true;
        }
        try {
            Path other = Path.of(location);
            return other.isAbsolute() && Files.exists(other) && Files.isSameFile(other, dataset);
        } catch (InvalidPathException e) {
            return false;
        }
    }
}
