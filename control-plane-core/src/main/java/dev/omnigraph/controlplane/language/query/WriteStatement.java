package dev.omnigraph.controlplane.language.query;

import dev.omnigraph.controlplane.language.SourcePosition;
import java.util.List;

/** One change that a query makes to the rows of a type. */
public sealed interface WriteStatement {

    /** The type whose rows change. */
    TypeName target();

    <X extends Exception> void accept(Visitor<X> visitor) throws X;

    /** Tells the kinds of statements apart. */
    interface Visitor<X extends Exception> {
        void visitInsert(Insert insert) throws X;

        void visitUpdate(Update update) throws X;

        void visitDelete(Delete delete) throws X;
    }

    /** {@code insert Type { assignments }}. */
    record Insert(TypeName target, List<Field> assignments) implements WriteStatement {
        public Insert {
            assignments = List.copyOf(assignments);
        }

        @Override
        public <X extends Exception> void accept(Visitor<X> visitor) throws X {
            visitor.visitInsert(this);
        }
    }

    /** {@code update Type set { assignments } where predicate}. */
    record Update(TypeName target, List<Field> assignments, Predicate predicate) implements WriteStatement {
        public Update {
            assignments = List.copyOf(assignments);
        }

        @Override
        public <X extends Exception> void accept(Visitor<X> visitor) throws X {
            visitor.visitUpdate(this);
        }
    }

    /** {@code delete Type where predicate}. */
    record Delete(TypeName target, Predicate predicate) implements WriteStatement {
        @Override
        public <X extends Exception> void accept(Visitor<X> visitor) throws X {
            visitor.visitDelete(this);
        }
    }

    /** Which rows an update or delete is about. */
    record Predicate(String property, ComparisonOperator operator, Value value, SourcePosition position) {}
}
