package dev.omnigraph.controlplane.language.query;

import dev.omnigraph.controlplane.language.query.Expression.Alias;
import dev.omnigraph.controlplane.language.query.Expression.Nearest;
import dev.omnigraph.controlplane.language.query.Expression.Rrf;
import dev.omnigraph.controlplane.language.query.ReadBody.Ordering;
import dev.omnigraph.controlplane.language.query.ReadBody.Projection;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** What an order by a ranking needs beside it (query-language.md 5.5). */
final class RankingRules {

    private final ReadBody body;

    /** What each alias stands for; of one that repeats, the last. */
    private final Map<String, Expression> aliases = new HashMap<>();

    RankingRules(ReadBody body) {
        this.body = body;
        for (Projection projection : body.projections()) {
            projection.alias().ifPresent(alias -> aliases.put(alias, projection.expression()));
        }
    }

    void check() throws Refusal {
        Optional<Ordering> fused = firstWith(Rrf.class);
        Optional<Ordering> nearest = firstWith(Nearest.class);
        boolean unlimited = body.limit().isEmpty();
        if (fused.isPresent() && unlimited) {
            throw refusal(QueryRule.RANK_FUSION, fused.get(), "an order by rrf needs a limit after it");
        }
        if (nearest.isPresent() && unlimited) {
            throw refusal(QueryRule.NEAREST_LIMIT, nearest.get(), "an order by nearest needs a limit after it");
        }
        Optional<Ordering> alias = body.orderings().stream()
                .filter(ordering -> ordering.expression() instanceof Alias)
                .findFirst();
        if (nearest.isPresent() && alias.isPresent()) {
            throw refusal(
                    QueryRule.NEAREST_ALIAS,
                    alias.get(),
                    "an order by nearest cannot use an alias; write out what it stands for");
        }
    }

    private static Refusal refusal(QueryRule rule, Ordering ordering, String message) {
        return Refusal.of(rule, ordering.expression().position(), message);
    }

    /** The first ordering that contains such an expression. */
    private Optional<Ordering> firstWith(Class<? extends Expression> sought) {
        Set<String> seen = new HashSet<>();
        return body.orderings().stream()
                .filter(ordering -> contains(ordering.expression(), sought, seen))
                .findFirst();
    }

    /**
     * Looks into arguments and through aliases, but not into an {@code rrf}: a {@code nearest} in there is the business
     * of that one. An alias seen before is passed over; had it led to something, the search would have ended there.
     */
    private boolean contains(Expression start, Class<? extends Expression> sought, Set<String> seen) {
        Deque<Expression> open = new ArrayDeque<>(List.of(start));
        while (!open.isEmpty()) {
            Expression expression = open.pop();
            if (sought.isInstance(expression)) {
                return true;
            }
            if (expression instanceof Alias alias) {
                Expression meant = aliases.get(alias.name());
                if (meant != null && seen.add(alias.name())) {
                    open.push(meant);
                }
            } else if (!(expression instanceof Rrf)) {
                expression.parts().forEach(open::push);
            }
        }
        return false;
    }
}
