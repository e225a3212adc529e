package dev.omnigraph.controlplane.language.schema;

import dev.omnigraph.controlplane.digest.Utf8Order;
import dev.omnigraph.controlplane.language.LanguageException;
import dev.omnigraph.controlplane.language.Located;
import dev.omnigraph.controlplane.language.SourcePosition;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;

/** Pass P7: gives types and properties their ids and puts everything in canonical order (schema-language.md 7.2, 7.3). */
final class IrBuilder {

    private static final Comparator<Optional<String>> NULL_FIRST =
            Comparator.comparing(value -> value.orElse(null), Comparator.nullsFirst(Utf8Order.COMPARATOR));
    private static final Comparator<Annotation> BY_NAME_AND_VALUE =
            Comparator.comparing(Annotation::name, Utf8Order.COMPARATOR).thenComparing(Annotation::value, NULL_FIRST);
    private static final Comparator<Constraint> BY_SORT_KEY =
            Comparator.comparing(Constraint::sortKey, Utf8Order.COMPARATOR);

    private final Ids typeIds = new Ids();

    SchemaIr build(SchemaDeclarations declarations) throws LanguageException {
        List<SchemaIr.Interface> interfaces = new ArrayList<>();
        List<SchemaIr.Node> nodes = new ArrayList<>();
        List<SchemaIr.Edge> edges = new ArrayList<>();
        for (SchemaDeclarations.Declaration declaration : declarations.declarations()) {
            long typeId = typeIds.of(idText(declaration), typeName(declaration), declaration.position());
            if (declaration instanceof SchemaDeclarations.Interface type) {
                interfaces.add(new SchemaIr.Interface(type.name(), typeId, properties(type)));
            } else if (declaration instanceof SchemaDeclarations.Node node) {
                nodes.add(nodeType(node, typeId));
            } else if (declaration instanceof SchemaDeclarations.Edge edge) {
                edges.add(edgeType(edge, typeId));
            }
        }
        interfaces.sort(Comparator.comparing(SchemaIr.Type::name, Utf8Order.COMPARATOR));
        nodes.sort(Comparator.comparing(SchemaIr.Type::name, Utf8Order.COMPARATOR));
        edges.sort(Comparator.comparing(SchemaIr.Type::name, Utf8Order.COMPARATOR));
        return new SchemaIr(interfaces, nodes, edges);
    }

    private static SchemaIr.Node nodeType(SchemaDeclarations.Node node, long typeId) throws LanguageException {
        TreeSet<String> interfaces = new TreeSet<>(Utf8Order.COMPARATOR);
        node.interfaces().forEach(name -> interfaces.add(name.value()));
        return new SchemaIr.Node(
                node.name(),
                typeId,
                annotations(node.annotations()),
                List.copyOf(interfaces),
                properties(node),
                constraints(node.constraints()));
    }

    private static SchemaIr.Edge edgeType(SchemaDeclarations.Edge edge, long typeId) throws LanguageException {
        return new SchemaIr.Edge(
                edge.name(),
                typeId,
                edge.fromType().value(),
                edge.toType().value(),
                edge.cardinality(),
                annotations(edge.annotations()),
                properties(edge),
                constraints(edge.constraints()));
    }

    private static List<SchemaIr.Property> properties(SchemaDeclarations.Declaration owner) throws LanguageException {
        Ids ids = new Ids();
        List<SchemaIr.Property> properties = new ArrayList<>();
        for (SchemaDeclarations.Property property : owner.properties()) {
            long id = ids.of(
                    idText(owner) + ":" + property.name(),
                    "property " + owner.name() + "." + property.name(),
                    property.position());
            properties.add(
                    new SchemaIr.Property(property.name(), id, property.type(), annotations(property.annotations())));
        }
        properties.sort(Comparator.comparing(SchemaIr.Property::name, Utf8Order.COMPARATOR));
        return properties;
    }

    private static List<Annotation> annotations(List<Located<Annotation>> declared) {
        return declared.stream().map(Located::value).sorted(BY_NAME_AND_VALUE).toList();
    }

    private static List<Constraint> constraints(List<Located<Constraint>> declared) {
        return declared.stream()
                .map(constraint -> constraint.value().canonical())
                .sorted(BY_SORT_KEY)
                .toList();
    }

    private static String idText(SchemaDeclarations.Declaration declaration) {
        return declaration.kind().word() + ":" + declaration.name();
    }

    private static String typeName(SchemaDeclarations.Declaration declaration) {
        boolean isInterface = declaration.kind() == TypeKind.INTERFACE;
        return declaration.kind().word() + (isInterface ? " " : " type ") + declaration.name();
    }

    /** Gives out ids and refuses to give one out twice. */
    private static final class Ids {
        private final Map<Long, String> taken = new HashMap<>();

        long of(String text, String displayName, SourcePosition position) throws LanguageException {
            // The engine never has the id zero.
            long id = Math.max(1, Fnv.hash32(text));
            String earlier = taken.put(id, displayName);
            if (earlier == null) {
                return id;
            }
            throw new LanguageException(
                    position,
                    earlier.equals(displayName)
                            ? displayName + " is declared twice"
                            : earlier + " and " + displayName + " get the same id " + id + "; rename one of them");
        }
    }
}
