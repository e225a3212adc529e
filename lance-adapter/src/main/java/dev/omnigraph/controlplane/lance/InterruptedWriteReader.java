package dev.omnigraph.controlplane.lance;

import dev.omnigraph.controlplane.graph.TableObservation;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Looks how far an interrupted write had come with its tables (graph-format.md 6.5, step 2). */
final class InterruptedWriteReader {

    private final RecoveringGraph graph;
    private final TableVersions versions;

    InterruptedWriteReader(RecoveringGraph graph, TableVersions versions) {
        this.graph = graph;
        this.versions = versions;
    }

    /** @param snapshot of the branch that it wrote, which names the other branches of the graph too */
    InterruptedWrite read(RecoverySidecars.Stored stored, ManifestState snapshot)
            throws IOException, RecoveryStuckException {
        List<InterruptedWrite.Table> tables = new ArrayList<>();
        for (RecoverySidecar.Pin pin : stored.sidecar().pins()) {
            tables.add(table(stored, pin, snapshot));
        }
        return new InterruptedWrite(stored, snapshot, tables);
    }

    private InterruptedWrite.Table table(
            RecoverySidecars.Stored stored, RecoverySidecar.Pin pin, ManifestState snapshot)
            throws IOException, RecoveryStuckException {
        RecoveringGraph.requireBranch(pin.branch(), snapshot.branches());
        DatasetLocation dataset = GraphLayout.onBranch(graph.dataset(pin), pin.branch());
        long pinned = snapshot.table(pin.tableKey())
                .map(TableObservation::version)
                .orElseThrow(() -> new RecoveryStuckException(stored.name() + " names the table " + pin.tableKey()
                        + ", which the graph does not have. Nothing of that write was changed; move the sidecar away if"
                        + " the table was dropped on purpose"));
        long head = head(stored, pin, dataset, pinned);
        TableMovement movement = TableMovement.of(stored.sidecar(), pin, head, pinned);
        return new InterruptedWrite.Table(pin, dataset, head, pinned, movement);
    }

    private long head(RecoverySidecars.Stored stored, RecoverySidecar.Pin pin, DatasetLocation dataset, long pinned)
            throws IOException, RecoveryStuckException {
        Optional<VersionFile> newest = versions.newest(dataset);
        if (newest.isPresent()) {
            return newest.get().version();
        }
        if (pin.branch().isPresent()) {
            // The writer died before it forked the table: it did not move.
            return pinned;
        }
        throw new RecoveryStuckException(stored.name() + " names the table " + pin.tableKey() + ", and " + dataset
                + " is no dataset; restore its files. Nothing of that write was changed");
    }
}
