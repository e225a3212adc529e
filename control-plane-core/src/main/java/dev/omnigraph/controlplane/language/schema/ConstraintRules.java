package dev.omnigraph.controlplane.language.schema;

import dev.omnigraph.controlplane.language.LanguageException;
import dev.omnigraph.controlplane.language.Located;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Pass P5: what constraints may say about the properties of their type (schema-language.md 4.3, 5.4). What the engine
 * leaves unchecked is left unchecked here too, because such schemas exist: repeated columns, bounds in the wrong order,
 * patterns that are no regular expressions.
 */
final class ConstraintRules {

    /** Columns that every edge has without declaring them. */
    private static final Set<String> EDGE_ENDS = Set.of("src", "dst");

    private final TypeKind kind;
    private final String typeName;
    private final Map<String, PropertyType> properties = new HashMap<>();
    private boolean keySeen;

    private ConstraintRules(SchemaDeclarations.Declaration type) {
        this.kind = type.kind();
        this.typeName = type.name();
        type.properties().forEach(property -> properties.put(property.name(), property.type()));
    }

    static void check(SchemaDeclarations schema) throws LanguageException {
        for (SchemaDeclarations.Declaration declaration : schema.declarations()) {
            if (declaration instanceof SchemaDeclarations.Node node) {
                new ConstraintRules(node).check(node.constraints());
            } else if (declaration instanceof SchemaDeclarations.Edge edge) {
                new ConstraintRules(edge).check(edge.constraints());
            }
        }
    }

    private void check(List<Located<Constraint>> constraints) throws LanguageException {
        for (Located<Constraint> constraint : constraints) {
            if (constraint.value() instanceof Constraint.Key) {
                checkKey(constraint);
            } else if (constraint.value() instanceof Constraint.Index) {
                checkIndex(constraint);
            } else if (constraint.value() instanceof Constraint.Unique) {
                checkColumnsExist(constraint);
            } else if (constraint.value() instanceof Constraint.Range range) {
                checkRange(constraint, range);
            } else if (constraint.value() instanceof Constraint.Check check) {
                checkPattern(constraint, check);
            }
        }
    }

    private void checkKey(Located<Constraint> key) throws LanguageException {
        refuseOnEdge(key);
        if (keySeen) {
            throw error(key, "is the second key of node type " + typeName + "; a node has one key");
        }
        keySeen = true;
        for (String column : key.value().properties()) {
            PropertyType type = typeOf(key, column);
            if (type.nullable()) {
                throw error(key, "needs a value in every row; " + typeName + "." + column + " is nullable");
            }
            if (type.list() || type.isVector() || type.isBlob()) {
                throw error(
                        key,
                        "cannot identify a node by " + typeName + "." + column + ", which is " + type.displayName());
            }
        }
    }

    private void checkColumnsExist(Located<Constraint> constraint) throws LanguageException {
        for (String column : constraint.value().properties()) {
            if (!isEdgeEnd(column)) {
                typeOf(constraint, column);
            }
        }
    }

    private void checkIndex(Located<Constraint> index) throws LanguageException {
        checkColumnsExist(index);
        for (String column : index.value().properties()) {
            if (Optional.ofNullable(properties.get(column))
                    .filter(PropertyType::isBlob)
                    .isPresent()) {
                throw error(index, "cannot look up " + typeName + "." + column + ", which is a blob");
            }
        }
    }

    private void checkRange(Located<Constraint> constraint, Constraint.Range range) throws LanguageException {
        refuseOnEdge(constraint);
        PropertyType type = typeOf(constraint, range.property());
        if (!type.scalar().isNumeric()) {
            throw error(
                    constraint, "bounds numbers; " + typeName + "." + range.property() + " is " + type.displayName());
        }
    }

    private void checkPattern(Located<Constraint> constraint, Constraint.Check check) throws LanguageException {
        refuseOnEdge(constraint);
        PropertyType type = typeOf(constraint, check.property());
        if (!type.isString()) {
            throw error(
                    constraint, "matches strings; " + typeName + "." + check.property() + " is " + type.displayName());
        }
    }

    private void refuseOnEdge(Located<Constraint> constraint) throws LanguageException {
        if (kind == TypeKind.EDGE) {
            throw error(constraint, "is a constraint of nodes; " + typeName + " is an edge type");
        }
    }

    private boolean isEdgeEnd(String column) {
        return kind == TypeKind.EDGE && EDGE_ENDS.contains(column);
    }

    private PropertyType typeOf(Located<Constraint> constraint, String property) throws LanguageException {
        PropertyType type = properties.get(property);
        if (type == null) {
            throw error(constraint, "names the property '" + property + "', which " + typeName + " does not have");
        }
        return type;
    }

    private static LanguageException error(Located<Constraint> constraint, String message) {
        return new LanguageException(
                constraint.position(), "@" + constraint.value().word() + " " + message);
    }
}
