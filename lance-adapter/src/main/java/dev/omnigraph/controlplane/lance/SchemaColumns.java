package dev.omnigraph.controlplane.lance;

import dev.omnigraph.controlplane.language.schema.SchemaIr;
import dev.omnigraph.controlplane.language.schema.TableDefinition;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The tables of a schema with the names of their columns: enough to tell the schemas before and after a migration apart,
 * for none changes a column but by adding, renaming or dropping it.
 *
 * @param byTable the names in their order, by table key
 */
record SchemaColumns(Map<String, List<String>> byTable) {

    SchemaColumns {
        byTable = Map.copyOf(byTable);
    }

    static SchemaColumns of(SchemaIr schema) {
        Map<String, List<String>> byTable = new HashMap<>();
        for (TableDefinition table : TableDefinition.allOf(schema)) {
            byTable.put(
                    table.key(),
                    table.columns().stream().map(TableDefinition.Column::name).toList());
        }
        return new SchemaColumns(byTable);
    }

    /**
     * Whether a graph can have this schema.
     *
     * @param tables the keys of all of its tables
     * @param known the columns of some of them
     */
    boolean fit(Set<String> tables, Map<String, List<String>> known) {
        return byTable.keySet().equals(tables)
                && known.entrySet().stream().allMatch(table -> table.getValue().equals(byTable.get(table.getKey())));
    }
}
