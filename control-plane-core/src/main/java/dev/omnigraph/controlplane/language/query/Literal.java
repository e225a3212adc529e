package dev.omnigraph.controlplane.language.query;

import dev.omnigraph.controlplane.language.SourcePosition;
import java.util.List;

/** A value written out. There are no negative numbers and there is no null (query-language.md 1). */
public sealed interface Literal extends Value {

    @Override
    default <T, X extends Exception> T accept(Visitor<T, X> visitor) throws X {
        return visitor.visitLiteral(this);
    }

    /** Text, with its escapes decoded. */
    record StringLiteral(String value, SourcePosition position) implements Literal {}

    /** A whole number from 0 to the largest signed 64-bit number. */
    record IntegerLiteral(long value, SourcePosition position) implements Literal {}

    /** A number with a point. */
    record DecimalLiteral(double value, SourcePosition position) implements Literal {}

    /** {@code true} or {@code false}. */
    record BooleanLiteral(boolean value, SourcePosition position) implements Literal {}

    /** {@code date("…")}; the text is checked only when the query runs. */
    record DateLiteral(String text, SourcePosition position) implements Literal {}

    /** {@code datetime("…")}; the text is checked only when the query runs. */
    record DateTimeLiteral(String text, SourcePosition position) implements Literal {}

    /** Literals in brackets, possibly none. */
    record ListLiteral(List<Literal> elements, SourcePosition position) implements Literal {
        public ListLiteral {
            elements = List.copyOf(elements);
        }
    }
}
