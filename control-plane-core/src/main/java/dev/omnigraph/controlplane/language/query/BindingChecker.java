package dev.omnigraph.controlplane.language.query;

import dev.omnigraph.controlplane.language.query.Clause.Binding;
import dev.omnigraph.controlplane.language.query.Expression.Now;
import dev.omnigraph.controlplane.language.query.Literal.ListLiteral;
import dev.omnigraph.controlplane.language.schema.PropertyType;
import dev.omnigraph.controlplane.language.schema.SchemaCatalog;
import dev.omnigraph.controlplane.language.schema.SchemaCatalog.Node;
import dev.omnigraph.controlplane.language.schema.SchemaCatalog.Property;
import java.util.Optional;

/** Checks one binding and binds its variable (query-language.md 5.1). */
final class BindingChecker {

    private final SchemaCatalog catalog;
    private final Scope scope;

    BindingChecker(SchemaCatalog catalog, Scope scope) {
        this.catalog = catalog;
        this.scope = scope;
    }

    void check(Binding binding) throws Refusal {
        Node node = nodeType(binding.type());
        for (Field field : binding.fields()) {
            checkField(field, node);
        }
        Optional<Node> bound = scope.binding(binding.variable());
        if (bound.isPresent() && !bound.get().name().equals(node.name())) {
            throw Refusal.of(
                    QueryRule.VARIABLE,
                    binding.type().position(),
                    "'$" + binding.variable().name() + "' is a '" + bound.get().name() + "' already and cannot be a '"
                            + node.name() + "' too");
        }
        scope.bind(binding.variable(), node);
    }

    private Node nodeType(TypeName type) throws Refusal {
        Optional<Node> node = catalog.node(type.name());
        if (node.isPresent()) {
            return node.get();
        }
        throw Refusal.ofName(
                QueryRule.BINDING_TYPE,
                type.position(),
                "'" + type.name() + "' is no node type" + whatElse(type.name()),
                type.name(),
                catalog.nodes().stream().map(Node::name).toList());
    }

    private String whatElse(String name) {
        if (catalog.edge(name).isPresent()) {
            return " but an edge type, which only a traversal reaches";
        }
        return catalog.interfaceType(name).isPresent() ? " but an interface, which cannot be bound" : "";
    }

    private void checkField(Field field, Node node) throws Refusal {
        Property property = node.property(field.property())
                .orElseThrow(
                        () -> UnknownProperty.of(QueryRule.BINDING_PROPERTY, node, field.property(), field.position()));
        if (property.type().isBlob()) {
            throw Refusal.of(
                    QueryRule.LITERAL,
                    field.position(),
                    "property '" + property.name() + "' is a blob, and blobs cannot be matched");
        }
        Value value = field.value();
        if (value instanceof Literal literal) {
            checkLiteral(literal, property);
        } else if (value instanceof Now now) {
            ValueRules.requireFits(now, property);
        } else if (value instanceof Variable variable) {
            checkParameter(variable, property);
        }
    }

    private static void checkLiteral(Literal literal, Property property) throws Refusal {
        if (!property.type().list()) {
            ValueRules.requireFits(literal, property);
            return;
        }
        if (literal instanceof ListLiteral) {
            throw Refusal.of(
                    QueryRule.LITERAL,
                    literal.position(),
                    "property '" + property.name() + "' is a list; give the one element it has to contain");
        }
        PropertyType given = ValueRules.typeOf(literal);
        if (!ValueRules.compatible(given, ValueRules.elementOf(property.type()))) {
            throw Refusal.of(QueryRule.LITERAL, literal.position(), ValueRules.cannotContain(property, given));
        }
    }

    /** A variable that is no parameter is let pass, as the engine does. */
    private void checkParameter(Variable variable, Property property) throws Refusal {
        Optional<PropertyType> parameter = scope.parameter(variable.name());
        if (parameter.isEmpty()) {
            return;
        }
        PropertyType given = parameter.get();
        PropertyType wanted = property.type();
        if (!wanted.list()) {
            ValueRules.requireFits(variable, given, property);
            return;
        }
        if (given.list()) {
            throw Refusal.of(
                    QueryRule.OPERAND,
                    variable.position(),
                    "property '" + property.name() + "' is a list; give the one element it has to contain, not $"
                            + variable.name() + ", which is " + given.displayName());
        }
        if (!ValueRules.compatible(given, ValueRules.elementOf(wanted))) {
            throw Refusal.of(QueryRule.OPERAND, variable.position(), ValueRules.cannotContain(property, given));
        }
    }
}
