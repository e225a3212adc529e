package dev.omnigraph.controlplane.lance;

import dev.omnigraph.controlplane.graph.TableObservation;
import dev.omnigraph.controlplane.language.schema.CompiledSchema;
import dev.omnigraph.controlplane.language.schema.TableDefinition;
import dev.omnigraph.controlplane.language.schema.migration.MigrationPlan;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * A migration that passed every check.
 *
 * @param live the graph that it was made for
 */
record Migration(
        GraphPlace place,
        LiveGraph live,
        CompiledSchema desired,
        MigrationPlan plan,
        TableChanges changes,
        Optional<String> actor) {

    DatasetLocation root() throws IOException {
        return place.datasets();
    }

    DatasetLocation manifest() throws IOException {
        return root().resolve(GraphLayout.MANIFEST);
    }

    /**
     * What has to be stored before a table moves. Also a migration that moves none has one: with it, what a crash leaves
     * of the staged schema files can be told from files of nobody (graph-format.md 4.6, H1).
     */
    RecoverySidecar sidecar(String operationId, long startedAt) throws IOException {
        List<RecoverySidecar.Pin> pins = new ArrayList<>();
        for (TableChanges.Rewriting table : changes.rewritten()) {
            long version = table.source().version();
            String location = root().resolve(table.source().path()).uri();
            pins.add(new RecoverySidecar.Pin(
                    table.key(), location, version, version + 1, OptionalLong.empty(), Optional.empty()));
        }
        List<RecoverySidecar.Registration> registrations = newTables().stream()
                .map(table -> new RecoverySidecar.Registration(table.key(), table.path(), Optional.empty()))
                .toList();
        List<RecoverySidecar.Tombstone> tombstones = leavingTables().stream()
                .map(table -> new RecoverySidecar.Tombstone(table.key(), table.version() + 1))
                .toList();
        return new RecoverySidecar(
                RecoverySidecar.NEWEST_FORMAT,
                operationId,
                Long.toString(startedAt),
                Optional.empty(),
                actor,
                WriterKind.SCHEMA_APPLY,
                pins,
                Optional.empty(),
                registrations,
                tombstones);
    }

    /**
     * What the publish changes: new tables, then pins, then tables that leave the graph.
     *
     * @param written the pins of all tables that were written
     */
    List<ManifestChange> manifestChanges(List<ManifestChange.Pin> written) {
        List<ManifestChange> all = new ArrayList<>();
        newTables().forEach(table -> all.add(new ManifestChange.Register(table.key(), table.path())));
        all.addAll(written);
        leavingTables().forEach(table -> all.add(new ManifestChange.Drop(table.key(), table.version() + 1)));
        return all;
    }

    /** By table key, the version that the publish is to find. */
    Map<String, Long> expectedVersions() {
        Map<String, Long> expected = new HashMap<>();
        newTables().forEach(table -> expected.put(table.key(), 0L));
        changes.rewritten()
                .forEach(table -> expected.put(table.key(), table.source().version()));
        leavingTables().forEach(table -> expected.put(table.key(), table.version()));
        return expected;
    }

    private List<TableDefinition> newTables() {
        List<TableDefinition> all = new ArrayList<>(changes.added());
        changes.renamed().forEach(table -> all.add(table.mapping().target()));
        return all;
    }

    private List<TableObservation> leavingTables() {
        List<TableObservation> all = new ArrayList<>();
        changes.renamed().forEach(table -> all.add(table.source()));
        all.addAll(changes.dropped());
        return all;
    }
}
