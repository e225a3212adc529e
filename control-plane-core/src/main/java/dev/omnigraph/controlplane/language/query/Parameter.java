package dev.omnigraph.controlplane.language.query;

import dev.omnigraph.controlplane.language.SourcePosition;
import dev.omnigraph.controlplane.language.schema.ScalarType;

/**
 * A declared parameter of a query.
 *
 * @param name without {@code $}
 * @param position of the parameter's variable
 */
public record Parameter(String name, Type type, boolean nullable, SourcePosition position) {

    /** The type as an author would write it, such as {@code [String]?}. */
    public String typeText() {
        return nullable ? type.text() + "?" : type.text();
    }

    /** What a parameter can be, as far as the grammar says; whether a vector can have that dimension is checked later. */
    public sealed interface Type {
        /** The spelling without the nullable mark. */
        String text();
    }

    /** One value. */
    public record Scalar(ScalarType.Primitive type) implements Type {
        @Override
        public String text() {
            return type.displayName();
        }
    }

    /** A list of values. */
    public record ListOf(ScalarType.Primitive elements) implements Type {
        @Override
        public String text() {
            return "[" + elements.displayName() + "]";
        }
    }

    /**
     * A vector.
     *
     * @param dimension its digits as written
     */
    public record Vector(String dimension) implements Type {
        @Override
        public String text() {
            return "Vector(" + dimension + ")";
        }
    }
}
