package dev.omnigraph.controlplane.language.schema;

import dev.omnigraph.controlplane.digest.Utf8Order;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;

/** A constraint of a node or edge type (schema-language.md 4.3). */
public sealed interface Constraint {

    /** The word after the {@code @}. */
    String word();

    /** The properties it speaks of. */
    List<String> properties();

    /** The text that orders constraints and tells whether two are the same (schema-language.md 7.2). */
    String sortKey();

    /** The same constraint over other property names, in canonical form: the columns of one constraint are sorted. */
    Constraint renamed(UnaryOperator<String> newName);

    /** The canonical form (schema-language.md 7.2). */
    default Constraint canonical() {
        return renamed(UnaryOperator.identity());
    }

    /** A constraint over a tuple of properties. */
    sealed interface OverColumns extends Constraint {
        List<String> columns();

        @Override
        default List<String> properties() {
            return columns();
        }

        @Override
        default String sortKey() {
            return word() + ":" + String.join(",", columns());
        }
    }

    /** The columns identify a node; the first one gives its id. */
    record Key(List<String> columns) implements OverColumns {
        public Key {
            columns = List.copyOf(columns);
        }

        @Override
        public String word() {
            return Annotation.KEY;
        }

        @Override
        public Key renamed(UnaryOperator<String> newName) {
            return new Key(sortedColumns(columns, newName));
        }
    }

    /** No two rows have the same tuple; rows with a null in it are exempt. */
    record Unique(List<String> columns) implements OverColumns {
        public Unique {
            columns = List.copyOf(columns);
        }

        @Override
        public String word() {
            return Annotation.UNIQUE;
        }

        @Override
        public Unique renamed(UnaryOperator<String> newName) {
            return new Unique(sortedColumns(columns, newName));
        }
    }

    /** The columns are looked up often. */
    record Index(List<String> columns) implements OverColumns {
        public Index {
            columns = List.copyOf(columns);
        }

        @Override
        public String word() {
            return Annotation.INDEX;
        }

        @Override
        public Index renamed(UnaryOperator<String> newName) {
            return new Index(sortedColumns(columns, newName));
        }
    }

    /** The number lies between the bounds, both included. */
    record Range(String property, Optional<Bound> min, Optional<Bound> max) implements Constraint {
        @Override
        public String word() {
            return "range";
        }

        @Override
        public List<String> properties() {
            return List.of(property);
        }

        @Override
        public String sortKey() {
            return "range:" + property + ":" + sortKey(min) + ":" + sortKey(max);
        }

        @Override
        public Range renamed(UnaryOperator<String> newName) {
            return new Range(newName.apply(property), min, max);
        }

        private static String sortKey(Optional<Bound> bound) {
            return bound.map(some -> "Some(" + some.sortKey() + ")").orElse("None");
        }
    }

    /**
     * The string matches a pattern.
     *
     * @param pattern a regular expression of the engine, never compiled here
     */
    record Check(String property, String pattern) implements Constraint {
        @Override
        public String word() {
            return "check";
        }

        @Override
        public List<String> properties() {
            return List.of(property);
        }

        @Override
        public String sortKey() {
            return "check:" + property + ":" + pattern;
        }

        @Override
        public Check renamed(UnaryOperator<String> newName) {
            return new Check(newName.apply(property), pattern);
        }
    }

    private static List<String> sortedColumns(List<String> columns, UnaryOperator<String> newName) {
        return columns.stream().map(newName).sorted(Utf8Order.COMPARATOR).toList();
    }
}
