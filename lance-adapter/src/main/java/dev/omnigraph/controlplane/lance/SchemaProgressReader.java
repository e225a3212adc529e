package dev.omnigraph.controlplane.lance;

import dev.omnigraph.controlplane.graph.TableObservation;
import dev.omnigraph.controlplane.lance.SidecarDecision.SchemaProgress;
import dev.omnigraph.controlplane.language.LanguageException;
import dev.omnigraph.controlplane.language.schema.CompiledSchema;
import java.io.IOException;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Finds out how far an interrupted schema apply had come with its schema.
 *
 * <p>The engine goes by the staged files alone. A recovery that died after it had put them in force would then undo the
 * tables of a schema that is in force, so the schema itself is looked at too.
 */
final class SchemaProgressReader {

    private final RecoveringGraph graph;
    private final TableVersions versions;

    SchemaProgressReader(RecoveringGraph graph, TableVersions versions) {
        this.graph = graph;
        this.versions = versions;
    }

    /** @param staged whether a complete set of schema files waits for the publish, or what is left of one after it */
    SchemaProgress read(InterruptedWrite write, boolean staged)
            throws IOException, LanceException, RecoveryStuckException {
        RecoverySidecar sidecar = write.sidecar();
        Set<String> present = keys(write.snapshot());
        boolean addsDroppedTable = sidecar.registrations().stream()
                .map(RecoverySidecar.Registration::tableKey)
                .anyMatch(key -> write.snapshot().registered().contains(key) && !present.contains(key));
        if (addsDroppedTable) {
            // No publish can ever succeed: a dropped table counts as its tombstone, not as absent.
            return SchemaProgress.NOT_READY;
        }
        if (staged) {
            return SchemaProgress.READY;
        }
        Set<String> published = afterwards(sidecar, present);
        boolean changesTables =
                !sidecar.registrations().isEmpty() || !sidecar.tombstones().isEmpty();
        if (write.tables().isEmpty() && changesTables && published.equals(present)) {
            return SchemaProgress.PUBLISHED;
        }
        return isInForce(write, present, published) ? SchemaProgress.READY : SchemaProgress.NOT_READY;
    }

    /** Whether the schema in force is the one that the tables would have after the write, and not the one before. */
    private boolean isInForce(InterruptedWrite write, Set<String> before, Set<String> after)
            throws IOException, LanceException, RecoveryStuckException {
        Optional<SchemaColumns> live = live();
        if (live.isEmpty()) {
            return false;
        }
        Map<String, List<String>> pinned = new HashMap<>();
        Map<String, List<String>> written = new HashMap<>();
        for (InterruptedWrite.Table table : write.tables()) {
            String key = table.pin().tableKey();
            pinned.put(key, versions.columns(table.dataset(), table.pinned()));
            written.put(key, versions.columns(table.dataset(), table.head()));
        }
        for (RecoverySidecar.Registration added : write.sidecar().registrations()) {
            DatasetLocation dataset = graph.dataset(added);
            Optional<VersionFile> newest = versions.newest(dataset);
            if (newest.isEmpty()) {
                return false;
            }
            written.put(added.tableKey(), versions.columns(dataset, newest.get().version()));
        }
        return live.get().fit(after, written) && !live.get().fit(before, pinned);
    }

    private Optional<SchemaColumns> live() throws IOException {
        Optional<String> source = graph.texts().read(GraphLayout.SCHEMA_SOURCE);
        if (source.isEmpty()) {
            return Optional.empty();
        }
        try {
            return Optional.of(
                    SchemaColumns.of(CompiledSchema.compile(source.get()).ir()));
        } catch (LanguageException e) {
            return Optional.empty();
        }
    }

    private static Set<String> keys(ManifestState snapshot) {
        return snapshot.tables().stream().map(TableObservation::key).collect(Collectors.toSet());
    }

    private static Set<String> afterwards(RecoverySidecar sidecar, Set<String> before) {
        Set<String> after = new HashSet<>(before);
        sidecar.registrations().forEach(added -> after.add(added.tableKey()));
        sidecar.tombstones().forEach(dropped -> after.remove(dropped.tableKey()));
        return after;
    }
}
