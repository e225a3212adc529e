package dev.omnigraph.controlplane.language.schema;

import dev.omnigraph.controlplane.language.Token;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** The syntax tree of a schema source: what pass P1 hands to pass P2. Numbers and strings are still as written. */
record SchemaSyntax(List<Declaration> declarations) {

    sealed interface Declaration {}

    record Interface(Token name, List<Property> properties) implements Declaration {}

    record Node(Token name, List<Annotation> annotations, List<Token> interfaces, List<Item> body)
            implements Declaration {}

    record Edge(
            Token name,
            Token fromType,
            Token toType,
            Optional<CardinalityRange> cardinality,
            List<Annotation> annotations,
            List<Item> body)
            implements Declaration {}

    record CardinalityRange(Token min, Optional<Token> max) {}

    /** What a body holds. */
    sealed interface Item {}

    record Property(Token name, Type type, List<Annotation> annotations) implements Item {}

    record Constraint(int offset, ConstraintWord word, List<ConstraintArgument> arguments) implements Item {}

    /** The words that make a constraint of what follows an {@code @}. */
    enum ConstraintWord {
        KEY,
        UNIQUE,
        INDEX,
        RANGE,
        CHECK;

        String text() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    record Type(int offset, CoreType core, boolean nullable) {}

    sealed interface CoreType {}

    record ScalarName(ScalarType.Primitive scalar) implements CoreType {}

    record ListOf(ScalarType.Primitive element) implements CoreType {}

    record EnumOf(List<Token> values) implements CoreType {}

    record VectorOf(Token dimension) implements CoreType {}

    /** The values are literals, or a bare name as the positional one. */
    record Annotation(Token name, Optional<Token> value, List<NamedArgument> arguments) {}

    record NamedArgument(Token name, Token value) {}

    sealed interface ConstraintArgument {
        int offset();
    }

    /** At least one of the two numbers is there. */
    record Bounds(int offset, Optional<Token> min, Optional<Token> max) implements ConstraintArgument {}

    record LiteralArgument(Token token) implements ConstraintArgument {
        @Override
        public int offset() {
            return token.offset();
        }
    }

    record NameArgument(Token token) implements ConstraintArgument {
        @Override
        public int offset() {
            return token.offset();
        }
    }
}
