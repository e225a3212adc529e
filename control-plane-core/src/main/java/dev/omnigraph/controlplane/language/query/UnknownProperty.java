package dev.omnigraph.controlplane.language.query;

import dev.omnigraph.controlplane.language.SourcePosition;
import dev.omnigraph.controlplane.language.schema.SchemaCatalog.Edge;
import dev.omnigraph.controlplane.language.schema.SchemaCatalog.Node;
import java.util.LinkedHashSet;
import java.util.Set;

/** How to say that a type has no such property. */
final class UnknownProperty {

    /** The ends of an edge, as queries name them. */
    static final String FROM = "from";

    static final String TO = "to";

    private static final Set<String> COLUMNS = Set.of("id", "src", "dst");

    private UnknownProperty() {}

    static Refusal of(QueryRule rule, Node node, String property, SourcePosition position) {
        return refusal(rule, node.name(), property, position, node.properties().keySet());
    }

    static Refusal of(QueryRule rule, Edge edge, String property, SourcePosition position) {
        Set<String> known = new LinkedHashSet<>(edge.properties().keySet());
        known.add(FROM);
        known.add(TO);
        return refusal(rule, edge.name(), property, position, known);
    }

    private static Refusal refusal(
            QueryRule rule, String type, String property, SourcePosition position, Set<String> known) {
        String why = COLUMNS.contains(property) ? "; it is a column of the engine, which queries do not see" : "";
        return Refusal.ofName(
                rule, position, "type '" + type + "' has no property '" + property + "'" + why, property, known);
    }
}
