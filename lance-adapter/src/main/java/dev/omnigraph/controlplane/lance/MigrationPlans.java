package dev.omnigraph.controlplane.lance;

import dev.omnigraph.controlplane.graph.SchemaChange;
import dev.omnigraph.controlplane.language.schema.CompiledSchema;
import dev.omnigraph.controlplane.language.schema.migration.MigrationPlan;
import java.io.IOException;
import java.util.List;
import java.util.stream.Stream;
import org.lance.Dataset;

/** Plans migrations of graphs as they are, with every check that comes before a write. Reads only. Thread-safe. */
final class MigrationPlans {

    private final TableWriter tables;

    MigrationPlans(TableWriter tables) {
        this.tables = tables;
    }

    /**
     * The migration that brings the graph to the desired schema.
     *
     * @throws MigrationRefusedException when it cannot be made; nothing moved
     * @throws MovedTableException when a table that it would write is not at the version that the graph has
     */
    Migration plan(GraphPlace place, LiveGraph live, SchemaChange change)
            throws MigrationRefusedException, MovedTableException, LanceException, IOException,
                    MalformedManifestException {
        CompiledSchema desired = MigrationRules.compile(change.desiredSource());
        MigrationPlan plan = MigrationRules.plan(live.schema(), desired, change.dropMode());
        MigrationRules.requireOnlyMain(live.userBranches());
        TableChanges changes = TableChanges.of(live.schema(), desired, plan, live.manifest());
        MigrationRules.requireUsable(changes, live.manifest(), plan);
        requireReadable(place, changes);
        return new Migration(place, live, desired, plan, changes, change.actor());
    }

    /** That every table whose rows are read is at the version that the graph has, with the columns that its schema has. */
    void requireReadable(GraphPlace place, TableChanges changes)
            throws MigrationRefusedException, MovedTableException, LanceException, IOException,
                    MalformedManifestException {
        List<TableChanges.Rewriting> read = Stream.concat(changes.renamed().stream(), changes.rewritten().stream())
                .toList();
        for (TableChanges.Rewriting table : read) {
            try (Dataset dataset = tables.openPinned(place.datasets(), table.source())) {
                requireColumns(dataset, table);
            }
        }
    }

    private static void requireColumns(Dataset dataset, TableChanges.Rewriting table)
            throws MigrationRefusedException, LanceException {
        for (String column : table.mapping().sourceColumns()) {
            if (!SourceRows.has(dataset, column)) {
                throw new MigrationRefusedException("the schema of the graph says that the table "
                        + table.source().key() + " has a column " + column
                        + ", and it has none: something else than the engine wrote it");
            }
        }
    }
}
