package dev.omnigraph.controlplane.language.schema;

import dev.omnigraph.controlplane.language.Located;
import dev.omnigraph.controlplane.language.SourcePosition;
import java.util.List;
import java.util.stream.Stream;

/**
 * What a schema source declares, in the order of the file, after passes P1 to P5 (schema-language.md 5.1): nodes have
 * the properties of their interfaces, and property annotations have their constraints. Names may still repeat.
 */
public record SchemaDeclarations(List<Declaration> declarations) {

    public SchemaDeclarations {
        declarations = List.copyOf(declarations);
    }

    public List<Interface> interfaces() {
        return all(Interface.class);
    }

    public List<Node> nodes() {
        return all(Node.class);
    }

    public List<Edge> edges() {
        return all(Edge.class);
    }

    private <D extends Declaration> List<D> all(Class<D> kind) {
        return declarations.stream()
                .flatMap(declaration ->
                        kind.isInstance(declaration) ? Stream.of(kind.cast(declaration)) : Stream.empty())
                .toList();
    }

    /** A declared type. */
    public sealed interface Declaration {

        TypeKind kind();

        String name();

        /** Where the name stands. */
        SourcePosition position();

        List<Property> properties();
    }

    /** Properties that nodes can take over. */
    public record Interface(String name, SourcePosition position, List<Property> properties) implements Declaration {
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
     * @param interfaces the names after {@code implements}, as written
     * @param properties its own, then those of its interfaces
     * @param constraints of the body, then those of property annotations
     */
    public record Node(
            String name,
            SourcePosition position,
            List<Located<Annotation>> annotations,
            List<Located<String>> interfaces,
            List<Property> properties,
            List<Located<Constraint>> constraints)
            implements Declaration {

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

    /** An edge type between two node types. */
    public record Edge(
            String name,
            SourcePosition position,
            Located<String> fromType,
            Located<String> toType,
            Cardinality cardinality,
            List<Located<Annotation>> annotations,
            List<Property> properties,
            List<Located<Constraint>> constraints)
            implements Declaration {

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

    /** A property of a type. */
    public record Property(
            String name, SourcePosition position, PropertyType type, List<Located<Annotation>> annotations) {
        public Property {
            annotations = List.copyOf(annotations);
        }
    }
}
