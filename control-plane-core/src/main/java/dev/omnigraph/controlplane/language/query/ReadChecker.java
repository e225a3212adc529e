package dev.omnigraph.controlplane.language.query;

import dev.omnigraph.controlplane.language.query.Expression.Access;
import dev.omnigraph.controlplane.language.query.Expression.Aggregate;
import dev.omnigraph.controlplane.language.query.ReadBody.Ordering;
import dev.omnigraph.controlplane.language.query.ReadBody.Projection;
import dev.omnigraph.controlplane.language.schema.PropertyType;
import dev.omnigraph.controlplane.language.schema.SchemaCatalog;
import java.util.Map;

/** Checks a body that reads, in the order that decides which error is first (query-language.md 5). */
final class ReadChecker {

    private ReadChecker() {}

    static void check(ReadBody body, Map<String, PropertyType> parameters, SchemaCatalog catalog) throws Refusal {
        Scope scope = Scope.of(parameters);
        new ClauseChecker(catalog, scope).check(body.match());
        checkColumnsAndOrder(body, new ExpressionChecker(scope));
        new RankingRules(body).check();
        checkGrouping(body);
    }

    private static void checkColumnsAndOrder(ReadBody body, ExpressionChecker expressions) throws Refusal {
        for (Projection projection : body.projections()) {
            ExpressionType type = expressions.typeOf(projection.expression());
            projection.alias().ifPresent(alias -> expressions.define(alias, type));
        }
        for (Ordering ordering : body.orderings()) {
            expressions.typeOf(ordering.expression());
        }
    }

    /** Beside an aggregate, each column is one that rows can be grouped by. */
    private static void checkGrouping(ReadBody body) throws Refusal {
        boolean aggregates =
                body.projections().stream().anyMatch(projection -> projection.expression() instanceof Aggregate);
        if (!aggregates) {
            return;
        }
        for (Projection projection : body.projections()) {
            Expression column = projection.expression();
            boolean groups = column instanceof Aggregate || column instanceof Access || column instanceof Variable;
            if (!groups) {
                throw Refusal.of(
                        QueryRule.OUTER_REFERENCE_OR_GROUPING,
                        column.position(),
                        "beside an aggregate a column is a property or a variable, for rows are grouped by it");
            }
        }
    }
}
