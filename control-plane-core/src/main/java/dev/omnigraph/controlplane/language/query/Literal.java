package dev.omnigraph.controlplane.language.query;

import dev.omnigraph.controlplane.language.SourcePosition;
import dev.omnigraph.controlplane.language.schema.ScalarType.Primitive;
import java.util.List;

/** A value written out. There are no negative numbers and there is no null (query-language.md 1). */
public sealed interface Literal extends Value {

    @Override
    default <T, X extends Exception> T accept(Visitor<T, X> visitor) throws X {
        return visitor.visitLiteral(this);
    }

    /** A single value. */
    sealed interface ScalarLiteral extends Literal {
        /** The type that the way of writing gives it (query-language.md 4). */
        Primitive type();
    }

    /** Text, with its escapes decoded. */
    record StringLiteral(String value, SourcePosition position) implements ScalarLiteral {
        @Override
        public Primitive type() {
            return Primitive.STRING;
        }
    }

    /** A whole number from 0 to the largest signed 64-bit number. */
    record IntegerLiteral(long value, SourcePosition position) implements ScalarLiteral {
        @Override
        public Primitive type() {
            return Primitive.I64;
        }
    }

    /** A number with a point. */
    record DecimalLiteral(double value, SourcePosition position) implements ScalarLiteral {
        @Override
        public Primitive type() {
            return Primitive.F64;
        }
    }

    /** {@code true} or {@code false}. */
    record BooleanLiteral(boolean value, SourcePosition position) implements ScalarLiteral {
        @Override
        public Primitive type() {
            return Primitive.BOOL;
        }
    }

    /** {@code date("…")}; the text is checked only when the query runs. */
    record DateLiteral(String text, SourcePosition position) implements ScalarLiteral {
        @Override
        public Primitive type() {
            return Primitive.DATE;
        }
    }

    /** {@code datetime("…")}; the text is checked only when the query runs. */
    record DateTimeLiteral(String text, SourcePosition position) implements ScalarLiteral {
        @Override
        public Primitive type() {
            return Primitive.DATE_TIME;
        }
    }

    /** Literals in brackets, possibly none. */
    record ListLiteral(List<Literal> elements, SourcePosition position) implements Literal {
        public ListLiteral {
            elements = List.copyOf(elements);
        }

        /** Whether the list can stand for a vector: numbers only, and at least one (query-language.md 4). */
        public boolean isVector() {
            return !elements.isEmpty()
                    && elements.stream()
                            .allMatch(element -> element instanceof ScalarLiteral scalar
                                    && scalar.type().isNumeric());
        }
    }
}
