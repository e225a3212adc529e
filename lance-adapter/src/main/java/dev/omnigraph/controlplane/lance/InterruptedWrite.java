package dev.omnigraph.controlplane.lance;

import java.util.List;

/**
 * An interrupted write with what there is of it.
 *
 * @param snapshot of the branch that it wrote
 * @param tables one for each pin of the sidecar
 */
record InterruptedWrite(RecoverySidecars.Stored stored, ManifestState snapshot, List<Table> tables) {

    InterruptedWrite {
        tables = List.copyOf(tables);
    }

    RecoverySidecar sidecar() {
        return stored.sidecar();
    }

    /**
     * A table of the write; versions are unsigned.
     *
     * @param dataset of the branch that is written
     * @param head its newest version
     * @param pinned the version in the snapshot
     */
    record Table(RecoverySidecar.Pin pin, DatasetLocation dataset, long head, long pinned, TableMovement movement) {}

    /** How the write is to be ended. */
    SidecarDecision decide(SidecarDecision.SchemaProgress schema) {
        return SidecarDecision.of(
                sidecar().writer(),
                tables.stream()
                        .map(table -> new SidecarDecision.Table(table.pin(), table.movement(), table.pinned()))
                        .toList(),
                schema);
    }
}
