package dev.omnigraph.controlplane.language.query;

import dev.omnigraph.controlplane.language.query.Clause.Hops;
import dev.omnigraph.controlplane.language.query.Clause.Traversal;
import dev.omnigraph.controlplane.language.schema.SchemaCatalog;
import dev.omnigraph.controlplane.language.schema.SchemaCatalog.Edge;
import dev.omnigraph.controlplane.language.schema.SchemaCatalog.Node;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** Checks one traversal and binds its variables to the ends of the edge (query-language.md 5.2). */
final class TraversalChecker {

    /** Stands for a node that does not matter; a traversal does not bind it. */
    private static final String ANY = "_";

    private final SchemaCatalog catalog;
    private final Scope scope;

    TraversalChecker(SchemaCatalog catalog, Scope scope) {
        this.catalog = catalog;
        this.scope = scope;
    }

    void check(Traversal traversal) throws Refusal {
        Edge edge = edge(traversal);
        checkHops(traversal.hops());
        if (runsForward(traversal, edge)) {
            bind(traversal.from(), edge.fromType(), edge);
            bind(traversal.to(), edge.toType(), edge);
        } else {
            bind(traversal.from(), edge.toType(), edge);
            bind(traversal.to(), edge.fromType(), edge);
        }
    }

    private Edge edge(Traversal traversal) throws Refusal {
        Optional<Edge> edge = catalog.edgeForWord(traversal.word());
        if (edge.isPresent()) {
            return edge.get();
        }
        throw Refusal.ofName(
                QueryRule.EDGE,
                traversal.wordPosition(),
                "'" + traversal.word() + "' is no edge type",
                traversal.word(),
                words());
    }

    /** The edge types as a traversal writes them. */
    private List<String> words() {
        return catalog.edges().stream()
                .map(Edge::name)
                .map(name -> name.substring(0, 1).toLowerCase(Locale.ROOT) + name.substring(1))
                .toList();
    }

    private static void checkHops(Hops hops) throws Refusal {
        if (hops.min() < 1) {
            throw hops(hops, "a traversal follows at least 1 edge, not 0");
        }
        if (hops.max().isEmpty()) {
            throw hops(hops, "a traversal needs an upper bound, such as {" + hops.min() + "," + (hops.min() + 2) + "}");
        }
        if (hops.max().getAsLong() < hops.min()) {
            throw hops(hops, "the bounds {" + hops.min() + "," + hops.max().getAsLong() + "} are in the wrong order");
        }
    }

    private static Refusal hops(Hops hops, String message) {
        return Refusal.of(QueryRule.HOPS_OR_NEAREST, hops.position(), message);
    }

    /** Whether the edge runs from left to right; decided by the left variable if it is bound, else by the right one. */
    private boolean runsForward(Traversal traversal, Edge edge) throws Refusal {
        Optional<Node> left = scope.binding(traversal.from());
        if (left.isPresent()) {
            return isFirst(traversal.from(), left.get(), edge, edge.fromType(), edge.toType());
        }
        Optional<Node> right = scope.binding(traversal.to());
        return right.isEmpty() || isFirst(traversal.to(), right.get(), edge, edge.toType(), edge.fromType());
    }

    private static boolean isFirst(Variable variable, Node node, Edge edge, String first, String second)
            throws Refusal {
        if (node.name().equals(first)) {
            return true;
        }
        if (node.name().equals(second)) {
            return false;
        }
        throw Refusal.of(
                QueryRule.ENDPOINT,
                variable.position(),
                "'$" + variable.name() + "' is a '" + node.name() + "', and " + inWords(edge) + " has no such end");
    }

    private void bind(Variable variable, String type, Edge edge) throws Refusal {
        Optional<Node> bound = scope.binding(variable);
        if (bound.isPresent() && !bound.get().name().equals(type)) {
            throw Refusal.of(
                    QueryRule.ENDPOINT,
                    variable.position(),
                    "'$" + variable.name() + "' is a '" + bound.get().name() + "', and " + inWords(edge) + " has a '"
                            + type + "' there");
        }
        if (!variable.name().equals(ANY)) {
            catalog.node(type).ifPresent(node -> scope.bind(variable, node));
        }
    }

    private static String inWords(Edge edge) {
        return "edge " + edge.name() + ": " + edge.fromType() + " -> " + edge.toType();
    }
}
