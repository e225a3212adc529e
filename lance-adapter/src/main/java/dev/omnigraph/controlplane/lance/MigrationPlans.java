package dev.omnigraph.controlplane.lance;

import dev.omnigraph.controlplane.graph.SchemaChange;
import dev.omnigraph.controlplane.graph.TableObservation;
import dev.omnigraph.controlplane.language.schema.CompiledSchema;
import dev.omnigraph.controlplane.language.schema.migration.MigrationPlan;
import java.io.IOException;
import java.util.List;
import java.util.stream.Stream;

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
        requirePinned(place, changes);
        return new Migration(place, live, desired, plan, changes, change.actor());
    }

    /** That no table whose rows are read has a version beyond the one that the graph has. */
    void requirePinned(GraphPlace place, TableChanges changes)
            throws MovedTableException, LanceException, IOException, MalformedManifestException {
        List<TableObservation> read = Stream.concat(changes.renamed().stream(), changes.rewritten().stream())
                .map(TableChanges.Rewriting::source)
                .toList();
        for (TableObservation table : read) {
            tables.openPinned(place.datasets(), table).close();
        }
    }
}
