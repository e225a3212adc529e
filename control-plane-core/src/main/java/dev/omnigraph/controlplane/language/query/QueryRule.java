package dev.omnigraph.controlplane.language.query;

import java.util.Optional;

/** The rules a stored query can break, by the numbers that its authors know (query-language.md 8). */
public enum QueryRule {
    /** A parameter has a usable name and type. */
    PARAMETER(""),
    /** A variable is known, and is bound to one type. */
    VARIABLE(""),
    /** A list literal holds single values of one type. */
    LIST_LITERAL(""),
    /** A binding names a node type. */
    BINDING_TYPE("T1"),
    /** A binding names properties of its type. */
    BINDING_PROPERTY("T2"),
    /** A literal fits the property it is given for. */
    LITERAL("T3"),
    /** A traversal names an edge type. */
    EDGE("T4"),
    /** The ends of a traversal fit its edge type. */
    ENDPOINT("T5"),
    /** An access names a bound variable and a property of its type. */
    ACCESS("T6"),
    /** What is compared or assigned fits together. */
    OPERAND("T7"),
    /** An aggregate gets an argument it can work on. */
    AGGREGATE_ARGUMENT("T8"),
    /** A negation is about what was bound before; a column beside aggregates can be grouped by. */
    OUTER_REFERENCE_OR_GROUPING("T9"),
    /** A write names a node or edge type. */
    WRITE_TARGET("T10"),
    /** A write names properties that it can use. */
    WRITE_PROPERTY("T11"),
    /** An insert gives everything that is required. */
    REQUIRED_PROPERTY("T12"),
    /** A write gives a property once. */
    DUPLICATE_ASSIGNMENT("T13"),
    /** A variable in a write is a parameter. */
    WRITE_VARIABLE("T14"),
    /** Hop bounds are usable; {@code nearest} compares a vector property with a vector or a text. */
    HOPS_OR_NEAREST("T15"),
    /** Edges are not updated. */
    EDGE_UPDATE("T16"),
    /** An order by {@code nearest} has a limit. */
    NEAREST_LIMIT("T17"),
    /** An order by {@code nearest} has no alias beside it. */
    NEAREST_ALIAS("T18"),
    /** {@code search} and {@code fuzzy} get texts. */
    TEXT_SEARCH("T19"),
    /** {@code match_text} and {@code bm25} get texts. */
    TEXT_MATCH("T20"),
    /** {@code rrf} has a usable {@code k}, and a limit where it orders. */
    RANK_FUSION("T21");

    private final String number;

    QueryRule(String number) {
        this.number = number;
    }

    /** The rule's number, such as {@code T7}; some rules have none. */
    public Optional<String> number() {
        return number.isEmpty() ? Optional.empty() : Optional.of(number);
    }
}
