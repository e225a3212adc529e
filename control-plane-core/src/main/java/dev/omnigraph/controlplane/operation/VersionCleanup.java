package dev.omnigraph.controlplane.operation;

import dev.omnigraph.controlplane.graph.TableHistory;
import java.util.List;

/**
 * What the hard drops of one migration have to remove, written down before the migration begins (control-area.md,
 * {@code cleanup/}).
 *
 * @param sidecar of the migration
 * @param approvalId what allows it
 * @param schemaDigest of the schema that the migration leads to
 * @param commit the newest commit of the graph before it, by which the graph is known again
 * @param tables whose versions are removed, and which version stays; none until the migration is about to move a table
 */
public record VersionCleanup(
        String sidecar,
        String graph,
        String approvalId,
        String schemaDigest,
        String commit,
        List<TableHistory> tables) {

    public VersionCleanup {
        tables = List.copyOf(tables);
    }

    /** The same, once it is known what the migration will publish. */
    public VersionCleanup of(List<TableHistory> known) {
        return new VersionCleanup(sidecar, graph, approvalId, schemaDigest, commit, known);
    }

    /** Whether the migration got as far as moving a table. */
    public boolean isBegun() {
        return !tables.isEmpty();
    }
}
