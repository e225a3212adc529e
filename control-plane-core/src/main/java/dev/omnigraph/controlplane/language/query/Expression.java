package dev.omnigraph.controlplane.language.query;

import dev.omnigraph.controlplane.language.SourcePosition;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** Something that has a value for each row. */
public sealed interface Expression
        permits Value,
                Expression.Access,
                Expression.Alias,
                Expression.Ranking,
                Expression.Rrf,
                Expression.TextSearch,
                Expression.Aggregate {

    /** Where the expression begins. */
    SourcePosition position();

    /** The expressions that this one is made of, in the order of the text. */
    default List<Expression> parts() {
        return List.of();
    }

    /** The variables in this expression and its parts. */
    default Stream<Variable> variables() {
        return parts().stream().flatMap(Expression::variables);
    }

    <T, X extends Exception> T accept(Visitor<T, X> visitor) throws X;

    /** Tells the kinds of expressions apart. */
    interface Visitor<T, X extends Exception> {
        T visitLiteral(Literal literal) throws X;

        T visitVariable(Variable variable) throws X;

        T visitNow(Now now) throws X;

        T visitAccess(Access access) throws X;

        T visitAlias(Alias alias) throws X;

        T visitNearest(Nearest nearest) throws X;

        T visitTextSearch(TextSearch search) throws X;

        T visitBm25(Bm25 bm25) throws X;

        T visitRrf(Rrf rrf) throws X;

        T visitAggregate(Aggregate aggregate) throws X;
    }

    /** {@code now()}: the time of the run. */
    record Now(SourcePosition position) implements Value {
        @Override
        public <T, X extends Exception> T accept(Visitor<T, X> visitor) throws X {
            return visitor.visitNow(this);
        }
    }

    /** {@code $variable.property}. */
    record Access(Variable variable, String property, SourcePosition propertyPosition) implements Expression {
        @Override
        public List<Expression> parts() {
            return List.of(variable);
        }

        @Override
        public SourcePosition position() {
            return variable.position();
        }

        @Override
        public <T, X extends Exception> T accept(Visitor<T, X> visitor) throws X {
            return visitor.visitAccess(this);
        }
    }

    /** A name standing alone: the alias of a projection. */
    record Alias(String name, SourcePosition position) implements Expression {
        @Override
        public <T, X extends Exception> T accept(Visitor<T, X> visitor) throws X {
            return visitor.visitAlias(this);
        }
    }

    /** A measure of how well a row fits, which {@code rrf} can combine with another. */
    sealed interface Ranking extends Expression {}

    /** {@code nearest($variable.property, query)}: the distance to a vector. */
    record Nearest(Access vector, Expression query, SourcePosition position) implements Ranking {
        @Override
        public List<Expression> parts() {
            return List.of(vector, query);
        }

        @Override
        public <T, X extends Exception> T accept(Visitor<T, X> visitor) throws X {
            return visitor.visitNearest(this);
        }
    }

    /** {@code bm25(field, query)}: the weight of a text match. */
    record Bm25(Expression field, Expression query, SourcePosition position) implements Ranking {
        @Override
        public List<Expression> parts() {
            return List.of(field, query);
        }

        @Override
        public <T, X extends Exception> T accept(Visitor<T, X> visitor) throws X {
            return visitor.visitBm25(this);
        }
    }

    /** {@code rrf(first, second, k)}: two rankings in one; {@code k} damps the weight of the first ranks. */
    record Rrf(Ranking first, Ranking second, Optional<Expression> k, SourcePosition position) implements Expression {
        @Override
        public List<Expression> parts() {
            return withOptional(List.of(first, second), k);
        }

        @Override
        public <T, X extends Exception> T accept(Visitor<T, X> visitor) throws X {
            return visitor.visitRrf(this);
        }
    }

    /** Whether a text matches. */
    sealed interface TextSearch extends Expression {
        /** The function's name as written in a query. */
        String word();

        Expression field();

        Expression query();

        @Override
        default <T, X extends Exception> T accept(Visitor<T, X> visitor) throws X {
            return visitor.visitTextSearch(this);
        }
    }

    /** {@code search(field, query)}. */
    record Search(Expression field, Expression query, SourcePosition position) implements TextSearch {
        @Override
        public List<Expression> parts() {
            return List.of(field, query);
        }

        @Override
        public String word() {
            return "search";
        }
    }

    /** {@code fuzzy(field, query, max edits)}. */
    record Fuzzy(Expression field, Expression query, Optional<Expression> maxEdits, SourcePosition position)
            implements TextSearch {
        @Override
        public List<Expression> parts() {
            return withOptional(List.of(field, query), maxEdits);
        }

        @Override
        public String word() {
            return "fuzzy";
        }
    }

    /** {@code match_text(field, query)}. */
    record MatchText(Expression field, Expression query, SourcePosition position) implements TextSearch {
        @Override
        public List<Expression> parts() {
            return List.of(field, query);
        }

        @Override
        public String word() {
            return "match_text";
        }
    }

    /** A function over all rows of a group. */
    record Aggregate(AggregateFunction function, Expression argument, SourcePosition position) implements Expression {
        @Override
        public List<Expression> parts() {
            return List.of(argument);
        }

        @Override
        public <T, X extends Exception> T accept(Visitor<T, X> visitor) throws X {
            return visitor.visitAggregate(this);
        }
    }

    private static List<Expression> withOptional(List<Expression> parts, Optional<Expression> last) {
        return Stream.concat(parts.stream(), last.stream()).toList();
    }
}
