package dev.omnigraph.controlplane.lance;

import dev.omnigraph.controlplane.language.schema.TableDefinition;
import dev.omnigraph.controlplane.language.schema.TypeKind;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.apache.arrow.vector.types.pojo.Schema;

/** The names of what lies at a graph root, and the form of its tables (graph-format.md 1.1 and 2.2). */
final class GraphLayout {

    /** The schema source. Whoever creates it first owns the root. */
    static final String SCHEMA_SOURCE = "_schema.pg";
    /** The accepted schema in its canonical form. */
    static final String SCHEMA_IR = "_schema.ir.json";
    /** The hash of the accepted schema. */
    static final String SCHEMA_STATE = "__schema_state.json";
    /** Where one of these is, a graph is or was begun. */
    static final List<String> SCHEMA_FILES = List.of(SCHEMA_SOURCE, SCHEMA_IR, SCHEMA_STATE);
    /** The dataset that pins tables and records commits. */
    static final String MANIFEST = "__manifest";

    /** The branch of {@link #MANIFEST} that keeps writers out while a schema is applied. It is no branch of the graph. */
    static final String LOCK_BRANCH = "__schema_apply_lock__";
    /** Where interrupted and running writes of the graph are recorded. */
    static final String RECOVERY = "__recovery";

    private static final String BRANCHES = "tree";

    private GraphLayout() {}

    /** Where a branch of a dataset lies; a dataset of its own for those who open it. Main is the dataset itself. */
    static DatasetLocation onBranch(DatasetLocation dataset, Optional<String> branch) {
        return branch.map(name -> dataset.resolve(BRANCHES + "/" + name)).orElse(dataset);
    }

    /** Where the table of a key lies below a graph's root; empty where the key is none. */
    static Optional<String> tablePath(String key) {
        return Stream.of(TypeKind.NODE, TypeKind.EDGE)
                .filter(kind -> key.startsWith(TableDefinition.key(kind, "")))
                .map(kind -> TableDefinition.path(
                        kind, key.substring(TableDefinition.key(kind, "").length())))
                .findFirst();
    }

    /** The columns of a table as its dataset has them. */
    static Schema columns(TableDefinition table) {
        return new Schema(table.columns().stream()
                .map(column -> ColumnTypes.field(column.name(), column.type()))
                .toList());
    }
}
