package dev.omnigraph.controlplane.language.query;

import dev.omnigraph.controlplane.language.query.Clause.Binding;
import dev.omnigraph.controlplane.language.query.Clause.Comparison;
import dev.omnigraph.controlplane.language.query.Clause.Membership;
import dev.omnigraph.controlplane.language.query.Clause.Negation;
import dev.omnigraph.controlplane.language.query.Clause.Traversal;
import dev.omnigraph.controlplane.language.query.ExpressionType.Scalar;
import dev.omnigraph.controlplane.language.schema.PropertyType;
import dev.omnigraph.controlplane.language.schema.SchemaCatalog;
import java.util.List;

/** Checks the clauses of a match block in order, and binds their variables in the scope (query-language.md 5). */
final class ClauseChecker implements Clause.Visitor<Refusal> {

    private final SchemaCatalog catalog;
    private final Scope scope;
    private final ExpressionChecker expressions;

    ClauseChecker(SchemaCatalog catalog, Scope scope) {
        this.catalog = catalog;
        this.scope = scope;
        this.expressions = new ExpressionChecker(scope);
    }

    void check(List<Clause> clauses) throws Refusal {
        for (Clause clause : clauses) {
            clause.accept(this);
        }
    }

    @Override
    public void visitBinding(Binding binding) throws Refusal {
        new BindingChecker(catalog, scope).check(binding);
    }

    @Override
    public void visitTraversal(Traversal traversal) throws Refusal {
        new TraversalChecker(catalog, scope).check(traversal);
    }

    @Override
    public void visitNegation(Negation negation) throws Refusal {
        new ClauseChecker(catalog, scope.inner()).check(negation.clauses());
        boolean aboutOuter = negation.clauses().stream()
                .flatMap(Clause::subjects)
                .anyMatch(variable -> scope.binding(variable).isPresent());
        if (!aboutOuter) {
            throw Refusal.of(
                    QueryRule.OUTER_REFERENCE_OR_GROUPING,
                    negation.position(),
                    "this negation is about nothing that was bound before it; one of its own clauses must use such a"
                            + " variable");
        }
    }

    @Override
    public void visitComparison(Comparison comparison) throws Refusal {
        Expression left = comparison.left();
        Expression right = comparison.right();
        ExpressionType leftType = expressions.typeOf(left);
        ExpressionType rightType = expressions.typeOf(right);
        PropertyType leftScalar = requireScalar(left, leftType);
        PropertyType rightScalar = requireScalar(right, rightType);
        requireComparable(left, leftScalar, right, rightScalar);
        if (!ValueRules.compatible(leftScalar, rightScalar)) {
            throw operand(
                    right,
                    leftScalar.displayName() + " cannot be compared with " + rightScalar.displayName()
                            + ValueRules.howToWrite(right, leftScalar));
        }
    }

    private static void requireComparable(
            Expression left, PropertyType leftType, Expression right, PropertyType rightType) throws Refusal {
        if (leftType.list() || rightType.list()) {
            throw operand(leftType.list() ? left : right, "lists cannot be compared; 'contains' looks for one element");
        }
        if (leftType.isVector() || rightType.isVector()) {
            throw operand(leftType.isVector() ? left : right, "vectors cannot be compared; 'nearest' orders by them");
        }
        if (leftType.isBlob() || rightType.isBlob()) {
            throw operand(leftType.isBlob() ? left : right, "blobs cannot be compared");
        }
    }

    @Override
    public void visitMembership(Membership membership) throws Refusal {
        Expression list = membership.list();
        Expression element = membership.element();
        ExpressionType listType = expressions.typeOf(list);
        ExpressionType elementType = expressions.typeOf(element);
        PropertyType listScalar = requireScalar(list, listType);
        PropertyType elementScalar = requireScalar(element, elementType);
        if (!listScalar.list()) {
            throw operand(list, "'contains' looks into a list, not into " + listScalar.displayName());
        }
        if (elementScalar.list()) {
            throw operand(element, "'contains' looks for one element, not for a list");
        }
        if (listScalar.isVector() || elementScalar.isVector()) {
            throw operand(listScalar.isVector() ? list : element, "'contains' does not look for vectors");
        }
        if (!ValueRules.compatible(ValueRules.elementOf(listScalar), elementScalar)) {
            throw operand(element, listScalar.displayName() + " cannot contain " + elementScalar.displayName());
        }
    }

    private static PropertyType requireScalar(Expression expression, ExpressionType type) throws Refusal {
        if (type instanceof Scalar scalar) {
            return scalar.type();
        }
        throw operand(expression, "a condition compares values, not " + type.displayName());
    }

    private static Refusal operand(Expression expression, String message) {
        return Refusal.of(QueryRule.OPERAND, expression.position(), message);
    }
}
