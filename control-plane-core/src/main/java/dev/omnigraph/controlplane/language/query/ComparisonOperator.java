package dev.omnigraph.controlplane.language.query;

/** How two values are compared; in the order in which the grammar tries the symbols. */
public enum ComparisonOperator {
    GREATER_OR_EQUAL(">="),
    LESS_OR_EQUAL("<="),
    NOT_EQUAL("!="),
    GREATER(">"),
    LESS("<"),
    EQUAL("=");

    private final String symbol;

    ComparisonOperator(String symbol) {
        this.symbol = symbol;
    }

    /** As written in a query. */
    public String symbol() {
        return symbol;
    }
}
