package dev.omnigraph.controlplane.lance;

import dev.omnigraph.controlplane.language.schema.TableDefinition;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Where the columns of a table get their values from when its rows are written anew (graph-format.md 7.5).
 *
 * @param target what the table is to be
 * @param sources by target column, the column of the present table that is copied; those without one become null
 */
record RowMapping(TableDefinition target, Map<String, String> sources) {

    RowMapping {
        sources = Map.copyOf(sources);
    }

    /** @param formerNames by new name, what renamed properties are called in {@code present} */
    static RowMapping of(TableDefinition present, TableDefinition target, Map<String, String> formerNames) {
        Set<String> there =
                present.columns().stream().map(TableDefinition.Column::name).collect(Collectors.toSet());
        Map<String, String> sources = new HashMap<>();
        for (TableDefinition.Column column : target.columns()) {
            String source = formerNames.getOrDefault(column.name(), column.name());
            if (there.contains(source)) {
                sources.put(column.name(), source);
            }
        }
        return new RowMapping(target, sources);
    }

    /** The columns of the present table that are read, each once. */
    List<String> sourceColumns() {
        return sources.values().stream().distinct().sorted().toList();
    }
}
