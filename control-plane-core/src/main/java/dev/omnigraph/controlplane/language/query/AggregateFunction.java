package dev.omnigraph.controlplane.language.query;

/** A function over all rows of a group. */
public enum AggregateFunction {
    COUNT("count"),
    SUM("sum"),
    AVG("avg"),
    MIN("min"),
    MAX("max");

    private final String word;

    AggregateFunction(String word) {
        this.word = word;
    }

    /** As written in a query. */
    public String word() {
        return word;
    }
}
