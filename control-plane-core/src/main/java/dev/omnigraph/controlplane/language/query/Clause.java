package dev.omnigraph.controlplane.language.query;

import dev.omnigraph.controlplane.language.SourcePosition;
import java.util.List;
import java.util.OptionalLong;
import java.util.stream.Stream;

/** One condition of a {@code match}. */
public sealed interface Clause {

    /** Where the clause begins. */
    SourcePosition position();

    /** The variables that make this clause about something; those inside nested negations are not its own. */
    Stream<Variable> subjects();

    <X extends Exception> void accept(Visitor<X> visitor) throws X;

    /** Tells the kinds of clauses apart. */
    interface Visitor<X extends Exception> {
        void visitNegation(Negation negation) throws X;

        void visitBinding(Binding binding) throws X;

        void visitTraversal(Traversal traversal) throws X;

        void visitComparison(Comparison comparison) throws X;

        void visitMembership(Membership membership) throws X;
    }

    /** {@code not { clauses }}. */
    record Negation(List<Clause> clauses, SourcePosition position) implements Clause {
        public Negation {
            clauses = List.copyOf(clauses);
        }

        @Override
        public Stream<Variable> subjects() {
            return Stream.of();
        }

        @Override
        public <X extends Exception> void accept(Visitor<X> visitor) throws X {
            visitor.visitNegation(this);
        }
    }

    /** {@code $variable: Type { fields }}. */
    record Binding(Variable variable, TypeName type, List<Field> fields) implements Clause {
        public Binding {
            fields = List.copyOf(fields);
        }

        @Override
        public SourcePosition position() {
            return variable.position();
        }

        @Override
        public Stream<Variable> subjects() {
            return Stream.of(variable);
        }

        @Override
        public <X extends Exception> void accept(Visitor<X> visitor) throws X {
            visitor.visitBinding(this);
        }
    }

    /**
     * {@code $from word{hops} $to}.
     *
     * @param word names the edge type, whatever its case
     */
    record Traversal(Variable from, String word, SourcePosition wordPosition, Hops hops, Variable to)
            implements Clause {
        @Override
        public SourcePosition position() {
            return from.position();
        }

        @Override
        public Stream<Variable> subjects() {
            return Stream.of(from, to);
        }

        @Override
        public <X extends Exception> void accept(Visitor<X> visitor) throws X {
            visitor.visitTraversal(this);
        }
    }

    /** {@code left operator right}; a text search standing alone is compared with {@code true}. */
    record Comparison(Expression left, ComparisonOperator operator, Expression right) implements Clause {
        @Override
        public SourcePosition position() {
            return left.position();
        }

        @Override
        public Stream<Variable> subjects() {
            return Stream.concat(left.variables(), right.variables());
        }

        @Override
        public <X extends Exception> void accept(Visitor<X> visitor) throws X {
            visitor.visitComparison(this);
        }
    }

    /** {@code list contains element}. */
    record Membership(Expression list, Expression element) implements Clause {
        @Override
        public SourcePosition position() {
            return list.position();
        }

        @Override
        public Stream<Variable> subjects() {
            return Stream.concat(list.variables(), element.variables());
        }

        @Override
        public <X extends Exception> void accept(Visitor<X> visitor) throws X {
            visitor.visitMembership(this);
        }
    }

    /**
     * How many edges a traversal follows.
     *
     * @param min unsigned 32-bit, 1 where nothing is written
     * @param max unsigned 32-bit, 1 where nothing is written, absent in {@code {min,}}
     * @param position of the brace, or of the edge word where nothing is written
     */
    record Hops(long min, OptionalLong max, SourcePosition position) {}
}
