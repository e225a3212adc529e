package dev.omnigraph.controlplane.language.schema;

import dev.omnigraph.controlplane.language.LanguageException;
import dev.omnigraph.controlplane.language.Located;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * A schema that a graph can be created with, migrated to, or opened by (schema-language.md 5.1). Immutable.
 *
 * @param source the text, stored byte for byte
 * @param ir its canonical form
 * @param catalog rebuilt from the canonical form, so everything is in its order
 * @param tables nodes, then edges
 */
public record CompiledSchema(String source, SchemaIr ir, SchemaCatalog catalog, List<TableDefinition> tables) {

    public CompiledSchema {
        tables = List.copyOf(tables);
    }

    /**
     * Compiles a source by all passes. Beyond them it refuses what the engine's compiler lets through and its storage
     * then cannot hold: property names of fixed columns, and bounds beyond the largest double.
     *
     * @throws LanguageException at the first thing refused
     */
    public static CompiledSchema compile(String source) throws LanguageException {
        SchemaDeclarations declarations = SchemaParser.parse(source);
        SchemaIr ir = SchemaIr.of(declarations);
        SchemaCatalog.build(declarations);
        for (SchemaDeclarations.Declaration declaration : declarations.declarations()) {
            refuseFixedColumns(declaration);
            refuseInfiniteBounds(declaration);
        }
        return new CompiledSchema(source, ir, CatalogBuilder.fromIr(ir), TableDefinition.allOf(ir));
    }

    /** What {@code __schema_state.json} is to say. */
    public SchemaState state() {
        return new SchemaState(ir.hash());
    }

    private static void refuseFixedColumns(SchemaDeclarations.Declaration declaration) throws LanguageException {
        List<String> fixed = TableDefinition.fixedColumns(declaration.kind());
        for (SchemaDeclarations.Property property : declaration.properties()) {
            if (fixed.contains(property.name())) {
                throw new LanguageException(
                        property.position(),
                        "every " + declaration.kind().word() + " has a column '" + property.name()
                                + "' already, so no graph can hold " + declaration.name() + "." + property.name()
                                + "; give the property another name");
            }
        }
    }

    private static void refuseInfiniteBounds(SchemaDeclarations.Declaration declaration) throws LanguageException {
        if (declaration instanceof SchemaDeclarations.Node node) {
            for (Located<Constraint> constraint : node.constraints()) {
                if (constraint.value() instanceof Constraint.Range range
                        && Stream.of(range.min(), range.max()).anyMatch(CompiledSchema::isInfinite)) {
                    throw new LanguageException(
                            constraint.position(),
                            "a bound of @range is beyond the largest double; a graph with it could not be opened again");
                }
            }
        }
    }

    private static boolean isInfinite(Optional<Bound> bound) {
        return bound.isPresent() && bound.get() instanceof Bound.OfFloat real && Double.isInfinite(real.value());
    }
}
