package dev.omnigraph.controlplane.language.schema;

import dev.omnigraph.controlplane.language.LanguageException;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * The types of a schema by name: what queries are checked against. Immutable. A catalog built from a source keeps the
 * order of the source; one rebuilt from the canonical form has everything sorted (schema-language.md 6).
 */
public final class SchemaCatalog {

    private final Map<String, Interface> interfaces;
    private final Map<String, Node> nodes;
    private final Map<String, Edge> edges;
    private final Map<String, Edge> edgesByLowerCaseName;

    SchemaCatalog(Map<String, Interface> interfaces, Map<String, Node> nodes, Map<String, Edge> edges) {
        this.interfaces = inOrder(interfaces);
        this.nodes = inOrder(nodes);
        this.edges = inOrder(edges);
        Map<String, Edge> folded = new LinkedHashMap<>();
        edges.values().forEach(edge -> folded.put(lowerCase(edge.name()), edge));
        this.edgesByLowerCaseName = inOrder(folded);
    }

    /**
     * Builds the catalog of a source: pass P6 (schema-language.md 5.1).
     *
     * @throws LanguageException when a node or edge name repeats, two edge names differ only in case, or an edge has an
     *     end that is no node type
     */
    public static SchemaCatalog build(SchemaDeclarations declarations) throws LanguageException {
        return CatalogBuilder.fromDeclarations(declarations);
    }

    public Optional<Interface> interfaceType(String name) {
        return Optional.ofNullable(interfaces.get(name));
    }

    public Optional<Node> node(String name) {
        return Optional.ofNullable(nodes.get(name));
    }

    /** The edge type of exactly this name. */
    public Optional<Edge> edge(String name) {
        return Optional.ofNullable(edges.get(name));
    }

    /** The edge type that a word of a traversal means: of exactly this name, else of this name in any case. */
    public Optional<Edge> edgeForWord(String word) {
        return edge(word).or(() -> Optional.ofNullable(edgesByLowerCaseName.get(lowerCase(word))));
    }

    public Collection<Interface> interfaces() {
        return interfaces.values();
    }

    public Collection<Node> nodes() {
        return nodes.values();
    }

    public Collection<Edge> edges() {
        return edges.values();
    }

    static String lowerCase(String name) {
        return name.toLowerCase(Locale.ROOT);
    }

    private static <V> Map<String, V> inOrder(Map<String, V> map) {
        return Collections.unmodifiableMap(new LinkedHashMap<>(map));
    }

    /** An interface; it is no type of edges or queries. */
    public record Interface(String name, Map<String, Property> properties) {
        public Interface {
            properties = inOrder(properties);
        }
    }

    /**
     * A node type.
     *
     * @param properties by name, without the fixed column {@code id}
     * @param keyColumns the columns of its key; empty for a type without one
     */
    public record Node(String name, Map<String, Property> properties, List<String> keyColumns) {
        public Node {
            properties = inOrder(properties);
            keyColumns = List.copyOf(keyColumns);
        }

        public Optional<Property> property(String property) {
            return Optional.ofNullable(properties.get(property));
        }
    }

    /**
     * An edge type.
     *
     * @param properties by name, without the fixed columns {@code id}, {@code src} and {@code dst}
     */
    public record Edge(
            String name, String fromType, String toType, Cardinality cardinality, Map<String, Property> properties) {
        public Edge {
            properties = inOrder(properties);
        }

        public Optional<Property> property(String property) {
            return Optional.ofNullable(properties.get(property));
        }
    }

    /** A property of a type. */
    public record Property(String name, PropertyType type, Optional<Embedding> embedding) {}

    /**
     * Says that a vector is computed from text.
     *
     * @param source the property that holds the text
     * @param model empty for the model that the graph's provider is set to
     */
    public record Embedding(String source, Optional<String> model) {}
}
