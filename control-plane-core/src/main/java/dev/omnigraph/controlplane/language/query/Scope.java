package dev.omnigraph.controlplane.language.query;

import dev.omnigraph.controlplane.language.schema.PropertyType;
import dev.omnigraph.controlplane.language.schema.SchemaCatalog.Node;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** The variables that are known at a place of a query. */
final class Scope {

    private final Map<String, PropertyType> parameters;
    private final Optional<Scope> outer;
    private final Map<String, Node> bindings = new HashMap<>();

    private Scope(Map<String, PropertyType> parameters, Optional<Scope> outer) {
        this.parameters = parameters;
        this.outer = outer;
    }

    static Scope of(Map<String, PropertyType> parameters) {
        return new Scope(parameters, Optional.empty());
    }

    /** A scope that knows what this one knows; what is bound in it is not known here. */
    Scope inner() {
        return new Scope(parameters, Optional.of(this));
    }

    Optional<PropertyType> parameter(String name) {
        return Optional.ofNullable(parameters.get(name));
    }

    Optional<Node> binding(Variable variable) {
        Node node = bindings.get(variable.name());
        return node == null ? outer.flatMap(scope -> scope.binding(variable)) : Optional.of(node);
    }

    /** Binds a variable that is not bound to another type. */
    void bind(Variable variable, Node node) {
        bindings.put(variable.name(), node);
    }

    /** The names of bound variables. */
    Set<String> boundNames() {
        Set<String> names = new LinkedHashSet<>(bindings.keySet());
        outer.ifPresent(scope -> names.addAll(scope.boundNames()));
        return names;
    }

    /** The names of bound variables and parameters. */
    Set<String> names() {
        Set<String> names = boundNames();
        names.addAll(parameters.keySet());
        return names;
    }
}
