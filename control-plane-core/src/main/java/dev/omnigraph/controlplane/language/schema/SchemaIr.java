package dev.omnigraph.controlplane.language.schema;

import dev.omnigraph.controlplane.digest.Sha256;
import dev.omnigraph.controlplane.json.JsonObject;
import dev.omnigraph.controlplane.json.JsonText;
import dev.omnigraph.controlplane.language.LanguageException;
import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * The canonical form of a schema, stored with a graph as {@code _schema.ir.json} and hashed (schema-language.md 7). Made
 * from a source, everything is sorted; read from a file, it is what the file holds. Immutable.
 *
 * @param interfaces sorted by name
 * @param nodes sorted by name
 * @param edges sorted by name
 */
public record SchemaIr(List<Interface> interfaces, List<Node> nodes, List<Edge> edges) {

    /** The only version there is. */
    public static final int VERSION = 1;

    public SchemaIr {
        interfaces = List.copyOf(interfaces);
        nodes = List.copyOf(nodes);
        edges = List.copyOf(edges);
    }

    /**
     * The canonical form of what a source declares: pass P7 (schema-language.md 5.1).
     *
     * @throws LanguageException when two types, or two properties of one type, get the same id; two of one name do
     */
    public static SchemaIr of(SchemaDeclarations declarations) throws LanguageException {
        return new IrBuilder().build(declarations);
    }

    /**
     * Reads {@code _schema.ir.json}. Unknown keys are passed over.
     *
     * @throws LanguageException when the text is no canonical form of version {@value #VERSION}
     */
    public static SchemaIr parse(String json) throws LanguageException {
        return IrReader.read(json);
    }

    /** The JSON form, keys in the order that the hash is taken over. */
    public JsonObject toJson() {
        return SchemaJson.of(this);
    }

    /** {@code sha256:} and the hash of the compact JSON form. */
    public String hash() {
        return Sha256.prefixed(JsonText.compact(toJson()).getBytes(StandardCharsets.UTF_8));
    }

    /** The content of {@code _schema.ir.json}. */
    public String prettyText() {
        return JsonText.pretty(toJson());
    }

    /** A type of the schema. */
    public sealed interface Type {

        TypeKind kind();

        String name();

        /** An unsigned 32-bit number, made from kind and name. */
        long typeId();

        /** Sorted by name. */
        List<Property> properties();
    }

    /** An interface. It has no table. */
    public record Interface(String name, long typeId, List<Property> properties) implements Type {
        public Interface {
            properties = List.copyOf(properties);
        }

        @Override
        public TypeKind kind() {
            return TypeKind.INTERFACE;
        }
    }

    /**
     * A node type.
     *
     * @param annotations sorted by name and value
     * @param interfaces the names of the interfaces it implements, sorted
     * @param constraints sorted by {@link Constraint#sortKey()}
     */
    public record Node(
            String name,
            long typeId,
            List<Annotation> annotations,
            List<String> interfaces,
            List<Property> properties,
            List<Constraint> constraints)
            implements Type {

        public Node {
            annotations = List.copyOf(annotations);
            interfaces = List.copyOf(interfaces);
            properties = List.copyOf(properties);
            constraints = List.copyOf(constraints);
        }

        @Override
        public TypeKind kind() {
            return TypeKind.NODE;
        }
    }

    /**
     * An edge type.
     *
     * @param annotations sorted by name and value
     * @param constraints sorted by {@link Constraint#sortKey()}
     */
    public record Edge(
            String name,
            long typeId,
            String fromType,
            String toType,
            Cardinality cardinality,
            List<Annotation> annotations,
            List<Property> properties,
            List<Constraint> constraints)
            implements Type {

        public Edge {
            annotations = List.copyOf(annotations);
            properties = List.copyOf(properties);
            constraints = List.copyOf(constraints);
        }

        @Override
        public TypeKind kind() {
            return TypeKind.EDGE;
        }
    }

    /**
     * A property.
     *
     * @param propertyId an unsigned 32-bit number, made from the names of its type and its own
     * @param annotations sorted by name and value
     */
    public record Property(String name, long propertyId, PropertyType type, List<Annotation> annotations) {
        public Property {
            annotations = List.copyOf(annotations);
        }
    }
}
