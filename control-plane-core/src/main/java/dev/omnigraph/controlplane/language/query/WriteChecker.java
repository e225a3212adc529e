package dev.omnigraph.controlplane.language.query;

import dev.omnigraph.controlplane.language.SourcePosition;
import dev.omnigraph.controlplane.language.query.Expression.Now;
import dev.omnigraph.controlplane.language.query.WriteStatement.Delete;
import dev.omnigraph.controlplane.language.query.WriteStatement.Insert;
import dev.omnigraph.controlplane.language.query.WriteStatement.Predicate;
import dev.omnigraph.controlplane.language.query.WriteStatement.Update;
import dev.omnigraph.controlplane.language.schema.PropertyType;
import dev.omnigraph.controlplane.language.schema.ScalarType.Primitive;
import dev.omnigraph.controlplane.language.schema.SchemaCatalog;
import dev.omnigraph.controlplane.language.schema.SchemaCatalog.Edge;
import dev.omnigraph.controlplane.language.schema.SchemaCatalog.Node;
import dev.omnigraph.controlplane.language.schema.SchemaCatalog.Property;
import java.util.Collections;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Checks the statements of a body that writes, one after the other (query-language.md 7). */
final class WriteChecker implements WriteStatement.Visitor<Refusal> {

    /** The ends of an edge, in the order in which they are asked for. */
    private static final Map<String, Property> ENDS = ends();

    private final SchemaCatalog catalog;
    private final Map<String, PropertyType> parameters;

    WriteChecker(SchemaCatalog catalog, Map<String, PropertyType> parameters) {
        this.catalog = catalog;
        this.parameters = parameters;
    }

    void check(WriteBody body) throws Refusal {
        for (WriteStatement statement : body.statements()) {
            statement.accept(this);
        }
    }

    @Override
    public void visitInsert(Insert insert) throws Refusal {
        requireDistinct(insert.assignments());
        TypeName target = insert.target();
        Optional<Node> node = catalog.node(target.name());
        if (node.isPresent()) {
            checkAssignments(insert.assignments(), propertiesOf(node.get()));
            requireComplete(insert, Set.of(), node.get().properties());
        } else {
            Edge edge = catalog.edge(target.name()).orElseThrow(() -> unknownType(target));
            checkAssignments(insert.assignments(), propertiesOf(edge));
            requireComplete(insert, ENDS.keySet(), edge.properties());
        }
    }

    @Override
    public void visitUpdate(Update update) throws Refusal {
        TypeName target = update.target();
        if (catalog.edge(target.name()).isPresent()) {
            throw Refusal.of(
                    QueryRule.EDGE_UPDATE,
                    target.position(),
                    "'" + target.name() + "' is an edge type, and edges are not updated; delete and insert instead");
        }
        Node node = catalog.node(target.name()).orElseThrow(() -> unknownType(target));
        requireDistinct(update.assignments());
        checkAssignments(update.assignments(), propertiesOf(node));
        checkNodePredicate(update.predicate(), node);
    }

    @Override
    public void visitDelete(Delete delete) throws Refusal {
        TypeName target = delete.target();
        Optional<Node> node = catalog.node(target.name());
        if (node.isPresent()) {
            checkNodePredicate(delete.predicate(), node.get());
        } else {
            Edge edge = catalog.edge(target.name()).orElseThrow(() -> unknownType(target));
            Predicate predicate = delete.predicate();
            checkValue(predicate.value(), propertiesOf(edge).find(predicate.property(), predicate.position()));
        }
    }

    private void checkNodePredicate(Predicate predicate, Node node) throws Refusal {
        Property property = propertiesOf(node).find(predicate.property(), predicate.position());
        if (property.type().isBlob()) {
            throw Refusal.of(
                    QueryRule.WRITE_PROPERTY,
                    predicate.position(),
                    "property '" + property.name() + "' is a blob, and rows are not chosen by blobs");
        }
        checkValue(predicate.value(), property);
    }

    private Refusal unknownType(TypeName target) {
        String known = catalog.interfaceType(target.name()).isPresent() ? "an interface, and those have no rows" : "";
        return Refusal.ofName(
                QueryRule.WRITE_TARGET,
                target.position(),
                "'" + target.name() + "' is " + (known.isEmpty() ? "no node or edge type" : known),
                target.name(),
                Stream.concat(
                                catalog.nodes().stream().map(Node::name),
                                catalog.edges().stream().map(Edge::name))
                        .toList());
    }

    /** The properties of a type that a write can name. */
    @FunctionalInterface
    private interface Properties {
        Property find(String name, SourcePosition position) throws Refusal;
    }

    private static Properties propertiesOf(Node node) {
        return (name, position) -> node.property(name)
                .orElseThrow(() -> UnknownProperty.of(QueryRule.WRITE_PROPERTY, node, name, position));
    }

    private static Properties propertiesOf(Edge edge) {
        return (name, position) -> Optional.ofNullable(ENDS.get(name))
                .or(() -> edge.property(name))
                .orElseThrow(() -> UnknownProperty.of(QueryRule.WRITE_PROPERTY, edge, name, position));
    }

    private static void requireDistinct(List<Field> assignments) throws Refusal {
        Set<String> assigned = new HashSet<>();
        for (Field assignment : assignments) {
            if (!assigned.add(assignment.property())) {
                throw Refusal.of(
                        QueryRule.DUPLICATE_ASSIGNMENT,
                        assignment.position(),
                        "property '" + assignment.property() + "' is assigned twice");
            }
        }
    }

    private void checkAssignments(List<Field> assignments, Properties properties) throws Refusal {
        for (Field assignment : assignments) {
            checkValue(assignment.value(), properties.find(assignment.property(), assignment.position()));
        }
    }

    private void checkValue(Value value, Property property) throws Refusal {
        if (value instanceof Literal literal) {
            ValueRules.requireFits(literal, property);
        } else if (value instanceof Now now) {
            ValueRules.requireFits(now, property);
        } else if (value instanceof Variable variable) {
            checkParameter(variable, property);
        }
    }

    private void checkParameter(Variable variable, Property property) throws Refusal {
        PropertyType given = parameters.get(variable.name());
        if (given == null) {
            throw Refusal.ofName(
                    QueryRule.WRITE_VARIABLE,
                    variable.position(),
                    "'$" + variable.name() + "' is no parameter of the query, and a write knows no other variables",
                    variable.name(),
                    parameters.keySet());
        }
        boolean uriOfBlob = property.type().isBlob() && given.isString() && !given.list();
        if (!uriOfBlob) {
            ValueRules.requireFits(variable, given, property);
        }
    }

    /** Everything that cannot be left out is there; a vector can, if the text it is computed from is there. */
    private static void requireComplete(Insert insert, Set<String> ends, Map<String, Property> properties)
            throws Refusal {
        Set<String> assigned =
                insert.assignments().stream().map(Field::property).collect(Collectors.toUnmodifiableSet());
        List<String> missing = Stream.concat(
                        ends.stream().filter(end -> !assigned.contains(end)).map(end -> "'" + end + "'"),
                        properties.values().stream()
                                .filter(property -> isMissing(property, assigned))
                                .map(WriteChecker::inWords))
                .toList();
        if (!missing.isEmpty()) {
            throw Refusal.of(
                    QueryRule.REQUIRED_PROPERTY,
                    insert.target().position(),
                    "an insert of '" + insert.target().name() + "' must also give " + String.join(", ", missing));
        }
    }

    private static boolean isMissing(Property property, Set<String> assigned) {
        boolean computed = property.embedding()
                .filter(embedding -> assigned.contains(embedding.source()))
                .isPresent();
        return !property.type().nullable() && !assigned.contains(property.name()) && !computed;
    }

    private static String inWords(Property property) {
        return "'" + property.name() + "'"
                + property.embedding()
                        .map(embedding -> " (or '" + embedding.source() + "', from which it is computed)")
                        .orElse("");
    }

    private static Map<String, Property> ends() {
        Map<String, Property> ends = new LinkedHashMap<>();
        for (String end : List.of(UnknownProperty.FROM, UnknownProperty.TO)) {
            ends.put(end, new Property(end, PropertyType.of(Primitive.STRING, false), Optional.empty()));
        }
        return Collections.unmodifiableMap(ends);
    }
}
