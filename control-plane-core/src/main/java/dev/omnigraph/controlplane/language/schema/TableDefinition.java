package dev.omnigraph.controlplane.language.schema;

import java.util.ArrayList;
import java.util.List;

/**
 * The table that holds the rows of a node or edge type (graph-format.md 1.3, 2.2).
 *
 * @param key its name in the manifest: {@code node:Person}
 * @param path relative to the graph's root: {@code nodes/} or {@code edges/} and a hash of the type's name
 * @param kind node or edge
 * @param typeName the type whose rows it holds
 * @param columns in physical order: the fixed ones, then the properties sorted by name
 */
public record TableDefinition(String key, String path, TypeKind kind, String typeName, List<Column> columns) {

    private static final List<String> FIXED_OF_NODES = List.of("id");
    private static final List<String> FIXED_OF_EDGES = List.of("id", "src", "dst");

    public TableDefinition {
        columns = List.copyOf(columns);
    }

    /** The tables of a schema: nodes, then edges, each in the order of the canonical form. Interfaces have none. */
    public static List<TableDefinition> allOf(SchemaIr schema) {
        List<TableDefinition> tables = new ArrayList<>();
        schema.nodes().forEach(node -> tables.add(of(node)));
        schema.edges().forEach(edge -> tables.add(of(edge)));
        return List.copyOf(tables);
    }

    /** The names of the columns that every table of a kind has without their being declared. */
    static List<String> fixedColumns(TypeKind kind) {
        return switch (kind) {
            case INTERFACE -> List.of();
            case NODE -> FIXED_OF_NODES;
            case EDGE -> FIXED_OF_EDGES;
        };
    }

    private static TableDefinition of(SchemaIr.Type type) {
        List<Column> columns = new ArrayList<>();
        for (String fixed : fixedColumns(type.kind())) {
            columns.add(new Column(fixed, PropertyType.of(ScalarType.Primitive.STRING, false)));
        }
        type.properties().forEach(property -> columns.add(new Column(property.name(), property.type())));
        return new TableDefinition(
                key(type.kind(), type.name()), path(type.kind(), type.name()), type.kind(), type.name(), columns);
    }

    /** The key of the table of a type. */
    public static String key(TypeKind kind, String typeName) {
        return kind.word() + ":" + typeName;
    }

    /** The path of the table of a type, relative to the graph's root. */
    public static String path(TypeKind kind, String typeName) {
        return kind.word() + "s/" + Fnv.hex64(typeName);
    }

    /** A column. */
    public record Column(String name, PropertyType type) {}
}
