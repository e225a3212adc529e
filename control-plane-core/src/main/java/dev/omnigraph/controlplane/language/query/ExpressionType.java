package dev.omnigraph.controlplane.language.query;

import dev.omnigraph.controlplane.language.schema.PropertyType;
import dev.omnigraph.controlplane.language.schema.SchemaCatalog.Node;

/** What an expression yields (query-language.md 6). */
sealed interface ExpressionType {

    /** For messages, with its article where it needs one. */
    String displayName();

    /** A value or a list of values. */
    record Scalar(PropertyType type) implements ExpressionType {
        @Override
        public String displayName() {
            return type.displayName();
        }

        boolean isText() {
            return type.isString() && !type.list();
        }
    }

    /** A row of a node type. */
    record Row(Node node) implements ExpressionType {
        @Override
        public String displayName() {
            return "a node of type '" + node.name() + "'";
        }
    }

    /** An aggregate, or an alias that nothing defines; what it yields is not looked into. */
    enum Opaque implements ExpressionType {
        INSTANCE;

        @Override
        public String displayName() {
            return "an aggregate or unknown alias";
        }
    }
}
