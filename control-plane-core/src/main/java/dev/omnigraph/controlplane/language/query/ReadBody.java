package dev.omnigraph.controlplane.language.query;

import dev.omnigraph.controlplane.language.SourcePosition;
import java.math.BigInteger;
import java.util.List;
import java.util.Optional;

/**
 * A body that reads.
 *
 * @param match at least one clause
 * @param projections at least one
 * @param orderings empty where the text has no {@code order}
 */
public record ReadBody(
        List<Clause> match, List<Projection> projections, List<Ordering> orderings, Optional<Limit> limit)
        implements QueryBody {

    public ReadBody {
        match = List.copyOf(match);
        projections = List.copyOf(projections);
        orderings = List.copyOf(orderings);
    }

    /** A column of the result. */
    public record Projection(Expression expression, Optional<String> alias) {}

    /** One key of the result's order. */
    public record Ordering(Expression expression, Direction direction) {}

    /** Which way an ordering runs; {@code nearest} always ascends, from the closest on. */
    public enum Direction {
        ASCENDING,
        DESCENDING
    }

    /**
     * The most rows a query answers.
     *
     * @param rows from 0 to the largest unsigned 64-bit number
     */
    public record Limit(BigInteger rows, SourcePosition position) {}
}
