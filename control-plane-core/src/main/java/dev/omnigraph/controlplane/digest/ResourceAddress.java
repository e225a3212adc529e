package dev.omnigraph.controlplane.digest;

import java.util.Comparator;
import java.util.Optional;

/**
 * The typed name of a resource (control-plane.md 2.14). Ordered bytewise by its text, so kinds interleave
 * alphabetically.
 */
public sealed interface ResourceAddress extends Comparable<ResourceAddress> {

    Comparator<ResourceAddress> ORDER = Comparator.comparing(ResourceAddress::text, Utf8Order.COMPARATOR);

    /** The address as it is written in documents: {@code query.people.find_person}. */
    String text();

    /** The graph that the resource belongs to; empty for policies, providers and what is not known. */
    default Optional<String> graphId() {
        return Optional.empty();
    }

    /** What the text of every address of this kind begins with, and of no other; empty where the kind is not known. */
    String prefix();

    @Override
    default int compareTo(ResourceAddress other) {
        if (this instanceof Query left && other instanceof Query right) {
            return Query.compare(left, right);
        }
        String mine = prefix();
        String theirs = other.prefix();
        return mine.isEmpty() || theirs.isEmpty() || mine.equals(theirs)
                ? ORDER.compare(this, other)
                : Utf8Order.COMPARATOR.compare(mine, theirs);
    }

    /** {@code graph.<id>} */
    record Graph(String id) implements ResourceAddress {
        public static final String PREFIX = "graph.";

        @Override
        public String prefix() {
            return PREFIX;
        }

        @Override
        public String text() {
            return PREFIX + id;
        }

        @Override
        public Optional<String> graphId() {
            return Optional.of(id);
        }
    }

    /** {@code schema.<graph>} */
    record Schema(String graph) implements ResourceAddress {
        public static final String PREFIX = "schema.";

        @Override
        public String prefix() {
            return PREFIX;
        }

        @Override
        public String text() {
            return PREFIX + graph;
        }

        @Override
        public Optional<String> graphId() {
            return Optional.of(graph);
        }
    }

    /** {@code query.<graph>.<name>} */
    record Query(String graph, String name) implements ResourceAddress {
        public static final String PREFIX = "query.";

        @Override
        public String prefix() {
            return PREFIX;
        }

        /** As by text; most addresses are queries, so their texts are not put together for every comparison. */
        private static int compare(Query left, Query right) {
            int byGraph = Utf8Order.COMPARATOR.compare(left.graph, right.graph);
            if (byGraph == 0) {
                return Utf8Order.COMPARATOR.compare(left.name, right.name);
            }
            boolean oneGoesOn = left.graph.startsWith(right.graph) || right.graph.startsWith(left.graph);
            return oneGoesOn ? ORDER.compare(left, right) : byGraph;
        }

        @Override
        public String text() {
            return PREFIX + graph + "." + name;
        }

        @Override
        public Optional<String> graphId() {
            return Optional.of(graph);
        }
    }

    /** {@code policy.<name>} */
    record Policy(String name) implements ResourceAddress {
        public static final String PREFIX = "policy.";

        @Override
        public String prefix() {
            return PREFIX;
        }

        @Override
        public String text() {
            return PREFIX + name;
        }
    }

    /** {@code provider.embedding.<name>} */
    record EmbeddingProvider(String name) implements ResourceAddress {
        public static final String PREFIX = "provider.embedding.";

        @Override
        public String prefix() {
            return PREFIX;
        }

        @Override
        public String text() {
            return PREFIX + name;
        }
    }

    /** An address of a kind that this version does not know; it can stand in a ledger that another version wrote. */
    record Unknown(String text) implements ResourceAddress {

        @Override
        public String prefix() {
            return "";
        }
    }

    /** Never fails: what is not recognised is {@link Unknown}. */
    static ResourceAddress parse(String text) {
        if (text.startsWith(Graph.PREFIX)) {
            return new Graph(text.substring(Graph.PREFIX.length()));
        }
        if (text.startsWith(Schema.PREFIX)) {
            return new Schema(text.substring(Schema.PREFIX.length()));
        }
        if (text.startsWith(Query.PREFIX)) {
            String rest = text.substring(Query.PREFIX.length());
            int dot = rest.indexOf('.');
            return dot < 0 ? new Unknown(text) : new Query(rest.substring(0, dot), rest.substring(dot + 1));
        }
        if (text.startsWith(Policy.PREFIX)) {
            return new Policy(text.substring(Policy.PREFIX.length()));
        }
        if (text.startsWith(EmbeddingProvider.PREFIX)) {
            return new EmbeddingProvider(text.substring(EmbeddingProvider.PREFIX.length()));
        }
        return new Unknown(text);
    }
}
