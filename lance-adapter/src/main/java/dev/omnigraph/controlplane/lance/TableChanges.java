package dev.omnigraph.controlplane.lance;

import dev.omnigraph.controlplane.graph.TableHistory;
import dev.omnigraph.controlplane.graph.TableObservation;
import dev.omnigraph.controlplane.language.schema.CompiledSchema;
import dev.omnigraph.controlplane.language.schema.TableDefinition;
import dev.omnigraph.controlplane.language.schema.TypeKind;
import dev.omnigraph.controlplane.language.schema.migration.DropMode;
import dev.omnigraph.controlplane.language.schema.migration.MigrationPlan;
import dev.omnigraph.controlplane.language.schema.migration.MigrationStep;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * What a migration does to the tables of a graph (graph-format.md 7.3). All steps on one table share a single rewriting.
 * Steps on interfaces change no table: the types that implement them have steps of their own.
 *
 * @param renamed tables whose rows go into a new one, while the old one leaves the graph
 * @param rewritten tables whose rows and columns are replaced where they are
 * @param removals of versions that hard drops ask for
 * @param missing keys of tables that the schema has and the snapshot has not, so that their part is left out
 */
record TableChanges(
        List<TableDefinition> added,
        List<Rewriting> renamed,
        List<Rewriting> rewritten,
        List<TableObservation> dropped,
        List<TableHistory> removals,
        List<String> missing) {

    TableChanges {
        added = List.copyOf(added);
        renamed = List.copyOf(renamed);
        rewritten = List.copyOf(rewritten);
        dropped = List.copyOf(dropped);
        removals = List.copyOf(removals);
        missing = List.copyOf(missing);
    }

    /** A table whose rows are written anew. */
    record Rewriting(TableObservation source, RowMapping mapping) {

        /** What the table is called afterwards. */
        String key() {
            return mapping.target().key();
        }
    }

    static TableChanges of(
            CompiledSchema accepted, CompiledSchema desired, MigrationPlan plan, ManifestState manifest) {
        Builder builder = new Builder(byKey(accepted), byKey(desired), manifest);
        plan.steps().forEach(builder::take);
        return builder.build();
    }

    /** The rewriting that a table of the desired schema comes from. */
    Optional<Rewriting> rewritingOf(String key) {
        return renamed.stream()
                .filter(table -> table.key().equals(key))
                .findFirst()
                .or(() -> rewritten.stream()
                        .filter(table -> table.key().equals(key))
                        .findFirst());
    }

    private static Map<String, TableDefinition> byKey(CompiledSchema schema) {
        Map<String, TableDefinition> tables = new HashMap<>();
        schema.tables().forEach(table -> tables.put(table.key(), table));
        return tables;
    }

    /** Collects what the steps do; keys are those of the desired schema. Not thread-safe. */
    private static final class Builder {

        private final Map<String, TableDefinition> accepted;
        private final Map<String, TableDefinition> desired;
        private final ManifestState manifest;

        private final List<TableDefinition> added = new ArrayList<>();
        private final Map<String, String> formerKeys = new TreeMap<>();
        private final Map<String, Map<String, String>> formerNames = new TreeMap<>();
        private final List<TableObservation> dropped = new ArrayList<>();
        private final Map<String, Boolean> hardDrops = new TreeMap<>();
        private final List<TableHistory> removals = new ArrayList<>();
        private final List<String> missing = new ArrayList<>();

        private Builder(
                Map<String, TableDefinition> accepted, Map<String, TableDefinition> desired, ManifestState manifest) {
            this.accepted = accepted;
            this.desired = desired;
            this.manifest = manifest;
        }

        private void take(MigrationStep step) {
            if (step instanceof MigrationStep.AddType add && hasTable(add.typeKind())) {
                added.add(definition(desired, TableDefinition.key(add.typeKind(), add.name())));
            } else if (step instanceof MigrationStep.RenameType rename) {
                formerKeys.put(
                        TableDefinition.key(rename.typeKind(), rename.to()),
                        TableDefinition.key(rename.typeKind(), rename.from()));
            } else if (step instanceof MigrationStep.AddProperty add && hasTable(add.typeKind())) {
                touch(add.typeKind(), add.typeName());
            } else if (step instanceof MigrationStep.RenameProperty rename && hasTable(rename.typeKind())) {
                touch(rename.typeKind(), rename.typeName()).put(rename.to(), rename.from());
            } else if (step instanceof MigrationStep.DropProperty drop && hasTable(drop.typeKind())) {
                touch(drop.typeKind(), drop.typeName());
                hardDrops.merge(
                        TableDefinition.key(drop.typeKind(), drop.typeName()),
                        drop.mode() == DropMode.HARD,
                        Boolean::logicalOr);
            } else if (step instanceof MigrationStep.DropType drop) {
                drop(drop);
            }
        }

        private static boolean hasTable(TypeKind kind) {
            return kind != TypeKind.INTERFACE;
        }

        private Map<String, String> touch(TypeKind kind, String typeName) {
            return formerNames.computeIfAbsent(TableDefinition.key(kind, typeName), key -> new HashMap<>());
        }

        private void drop(MigrationStep.DropType drop) {
            pin(TableDefinition.key(drop.typeKind(), drop.name())).ifPresent(table -> {
                dropped.add(table);
                if (drop.mode() == DropMode.HARD) {
                    removals.add(new TableHistory(table.key(), table.version()));
                }
            });
        }

        private TableChanges build() {
            List<Rewriting> renamed = new ArrayList<>();
            formerKeys.forEach((key, former) -> rewriting(key, former).ifPresent(renamed::add));
            List<Rewriting> rewritten = new ArrayList<>();
            formerNames.keySet().stream()
                    .filter(key -> !formerKeys.containsKey(key))
                    .forEach(key -> rewriting(key, key).ifPresent(rewritten::add));
            for (Rewriting table : rewritten) {
                if (hardDrops.getOrDefault(table.key(), false)) {
                    removals.add(new TableHistory(table.key(), table.source().version() + 1));
                }
            }
            return new TableChanges(added, renamed, rewritten, dropped, removals, missing);
        }

        private Optional<Rewriting> rewriting(String key, String former) {
            RowMapping mapping = RowMapping.of(
                    definition(accepted, former), definition(desired, key), formerNames.getOrDefault(key, Map.of()));
            return pin(former).map(table -> new Rewriting(table, mapping));
        }

        private Optional<TableObservation> pin(String key) {
            Optional<TableObservation> table = manifest.table(key);
            if (table.isEmpty()) {
                missing.add(key);
            }
            return table;
        }

        private static TableDefinition definition(Map<String, TableDefinition> schema, String key) {
            TableDefinition definition = schema.get(key);
            if (definition == null) {
                throw new IllegalArgumentException("the plan is for another schema: this one has no " + key);
            }
            return definition;
        }
    }
}
