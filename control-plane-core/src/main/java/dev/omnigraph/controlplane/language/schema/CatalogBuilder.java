package dev.omnigraph.controlplane.language.schema;

import dev.omnigraph.controlplane.language.LanguageException;
import dev.omnigraph.controlplane.language.Located;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Builds catalogs. Where a property or interface name repeats, which only pass P7 refuses, the later one counts. */
final class CatalogBuilder {

    private CatalogBuilder() {}

    static SchemaCatalog fromDeclarations(SchemaDeclarations declarations) throws LanguageException {
        Map<String, SchemaCatalog.Node> nodes = new LinkedHashMap<>();
        for (SchemaDeclarations.Node node : declarations.nodes()) {
            if (nodes.put(node.name(), nodeType(node)) != null) {
                throw new LanguageException(node.position(), "node type " + node.name() + " is declared twice");
            }
        }
        Map<String, SchemaCatalog.Edge> edges = new LinkedHashMap<>();
        Map<String, String> foldedNames = new HashMap<>();
        for (SchemaDeclarations.Edge edge : declarations.edges()) {
            if (edges.put(edge.name(), edgeType(edge)) != null) {
                throw new LanguageException(edge.position(), "edge type " + edge.name() + " is declared twice");
            }
            requireNode(nodes, edge, "starts", edge.fromType());
            requireNode(nodes, edge, "ends", edge.toType());
            String conflicting = foldedNames.put(SchemaCatalog.lowerCase(edge.name()), edge.name());
            if (conflicting != null) {
                throw new LanguageException(
                        edge.position(),
                        "edge type " + edge.name() + " differs from edge type " + conflicting
                                + " only in case; queries could not tell them apart");
            }
        }
        Map<String, SchemaCatalog.Interface> interfaces = new LinkedHashMap<>();
        for (SchemaDeclarations.Interface type : declarations.interfaces()) {
            interfaces.put(type.name(), new SchemaCatalog.Interface(type.name(), properties(type.properties())));
        }
        return new SchemaCatalog(interfaces, nodes, edges);
    }

    /** The catalog of a schema that passed the checks of {@link #fromDeclarations}, in canonical order. */
    static SchemaCatalog fromIr(SchemaIr ir) {
        Map<String, SchemaCatalog.Interface> interfaces = new LinkedHashMap<>();
        ir.interfaces()
                .forEach(type ->
                        interfaces.put(type.name(), new SchemaCatalog.Interface(type.name(), propertiesOf(type))));
        Map<String, SchemaCatalog.Node> nodes = new LinkedHashMap<>();
        ir.nodes()
                .forEach(node -> nodes.put(
                        node.name(),
                        new SchemaCatalog.Node(node.name(), propertiesOf(node), keyColumns(node.constraints()))));
        Map<String, SchemaCatalog.Edge> edges = new LinkedHashMap<>();
        ir.edges()
                .forEach(edge -> edges.put(
                        edge.name(),
                        new SchemaCatalog.Edge(
                                edge.name(), edge.fromType(), edge.toType(), edge.cardinality(), propertiesOf(edge))));
        return new SchemaCatalog(interfaces, nodes, edges);
    }

    private static void requireNode(
            Map<String, SchemaCatalog.Node> nodes, SchemaDeclarations.Edge edge, String verb, Located<String> end)
            throws LanguageException {
        if (!nodes.containsKey(end.value())) {
            throw new LanguageException(
                    end.position(),
                    "edge type " + edge.name() + " " + verb + " at " + end.value()
                            + ", but the schema declares no node type of that name");
        }
    }

    private static SchemaCatalog.Node nodeType(SchemaDeclarations.Node node) {
        return new SchemaCatalog.Node(
                node.name(),
                properties(node.properties()),
                keyColumns(node.constraints().stream().map(Located::value).toList()));
    }

    private static SchemaCatalog.Edge edgeType(SchemaDeclarations.Edge edge) {
        return new SchemaCatalog.Edge(
                edge.name(),
                edge.fromType().value(),
                edge.toType().value(),
                edge.cardinality(),
                properties(edge.properties()));
    }

    private static Map<String, SchemaCatalog.Property> properties(List<SchemaDeclarations.Property> declared) {
        Map<String, SchemaCatalog.Property> properties = new LinkedHashMap<>();
        for (SchemaDeclarations.Property property : declared) {
            List<Annotation> annotations =
                    property.annotations().stream().map(Located::value).toList();
            properties.put(
                    property.name(),
                    new SchemaCatalog.Property(property.name(), property.type(), embedding(annotations)));
        }
        return properties;
    }

    private static Map<String, SchemaCatalog.Property> propertiesOf(SchemaIr.Type type) {
        Map<String, SchemaCatalog.Property> properties = new LinkedHashMap<>();
        for (SchemaIr.Property property : type.properties()) {
            properties.put(
                    property.name(),
                    new SchemaCatalog.Property(property.name(), property.type(), embedding(property.annotations())));
        }
        return properties;
    }

    private static List<String> keyColumns(Collection<Constraint> constraints) {
        for (Constraint constraint : constraints) {
            if (constraint instanceof Constraint.Key key) {
                return key.columns();
            }
        }
        return List.of();
    }

    private static Optional<SchemaCatalog.Embedding> embedding(Collection<Annotation> annotations) {
        for (Annotation annotation : annotations) {
            if (annotation.name().equals(Annotation.EMBED) && annotation.value().isPresent()) {
                return Optional.of(new SchemaCatalog.Embedding(
                        annotation.value().get(),
                        Optional.ofNullable(annotation.arguments().get(Annotation.EMBED_MODEL))));
            }
        }
        return Optional.empty();
    }
}
