package dev.omnigraph.controlplane.language.query;

import dev.omnigraph.controlplane.language.query.Expression.Access;
import dev.omnigraph.controlplane.language.query.Expression.Aggregate;
import dev.omnigraph.controlplane.language.query.Expression.Alias;
import dev.omnigraph.controlplane.language.query.Expression.Bm25;
import dev.omnigraph.controlplane.language.query.Expression.Fuzzy;
import dev.omnigraph.controlplane.language.query.Expression.Nearest;
import dev.omnigraph.controlplane.language.query.Expression.Now;
import dev.omnigraph.controlplane.language.query.Expression.Rrf;
import dev.omnigraph.controlplane.language.query.Expression.TextSearch;
import dev.omnigraph.controlplane.language.query.ExpressionType.Opaque;
import dev.omnigraph.controlplane.language.query.ExpressionType.Row;
import dev.omnigraph.controlplane.language.query.ExpressionType.Scalar;
import dev.omnigraph.controlplane.language.query.Literal.IntegerLiteral;
import dev.omnigraph.controlplane.language.query.Literal.ListLiteral;
import dev.omnigraph.controlplane.language.schema.PropertyType;
import dev.omnigraph.controlplane.language.schema.ScalarType;
import dev.omnigraph.controlplane.language.schema.ScalarType.Primitive;
import dev.omnigraph.controlplane.language.schema.ScalarType.Vector;
import dev.omnigraph.controlplane.language.schema.SchemaCatalog.Node;
import dev.omnigraph.controlplane.language.schema.SchemaCatalog.Property;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Types expressions in one scope (query-language.md 6). */
final class ExpressionChecker implements Expression.Visitor<ExpressionType, Refusal> {

    private static final Set<ScalarType> WHOLE_NUMBERS =
            Set.of(Primitive.I32, Primitive.I64, Primitive.U32, Primitive.U64);

    private final Scope scope;
    private final Map<String, ExpressionType> aliases = new HashMap<>();

    ExpressionChecker(Scope scope) {
        this.scope = scope;
    }

    ExpressionType typeOf(Expression expression) throws Refusal {
        return expression.accept(this);
    }

    /** Makes an alias known to the expressions that are typed after it; one that repeats replaces the earlier. */
    void define(String alias, ExpressionType type) {
        aliases.put(alias, type);
    }

    @Override
    public ExpressionType visitLiteral(Literal literal) throws Refusal {
        return new Scalar(ValueRules.typeOf(literal));
    }

    @Override
    public ExpressionType visitVariable(Variable variable) throws Refusal {
        Optional<PropertyType> parameter = scope.parameter(variable.name());
        if (parameter.isPresent()) {
            return new Scalar(parameter.get());
        }
        return new Row(scope.binding(variable)
                .orElseThrow(() -> Refusal.ofName(
                        QueryRule.VARIABLE,
                        variable.position(),
                        "'$" + variable.name() + "' is no parameter and is not bound here",
                        variable.name(),
                        scope.names())));
    }

    @Override
    public ExpressionType visitNow(Now now) {
        return scalar(Primitive.DATE_TIME);
    }

    @Override
    public ExpressionType visitAccess(Access access) throws Refusal {
        return new Scalar(property(access, QueryRule.ACCESS).type());
    }

    @Override
    public ExpressionType visitAlias(Alias alias) {
        return aliases.getOrDefault(alias.name(), Opaque.INSTANCE);
    }

    @Override
    public ExpressionType visitNearest(Nearest nearest) throws Refusal {
        Property property = property(nearest.vector(), QueryRule.HOPS_OR_NEAREST);
        if (!(property.type().scalar() instanceof Vector vector)) {
            throw Refusal.of(
                    QueryRule.HOPS_OR_NEAREST,
                    nearest.vector().position(),
                    "nearest compares vectors, and property '" + property.name() + "' is "
                            + property.type().displayName());
        }
        requireVectorOrText(nearest.query(), vector);
        return scalar(Primitive.F64);
    }

    private void requireVectorOrText(Expression query, Vector vector) throws Refusal {
        if (query instanceof ListLiteral list && list.isVector()) {
            int length = list.elements().size();
            if (length != vector.dimension()) {
                throw notNearest(query, vector, "a vector of " + length + " elements");
            }
            return;
        }
        ExpressionType type = typeOf(query);
        boolean sameVector =
                type instanceof Scalar scalar && scalar.type().scalar().equals(vector);
        boolean text = type instanceof Scalar scalar && scalar.isText();
        if (!sameVector && !text) {
            throw notNearest(query, vector, type.displayName());
        }
    }

    private static Refusal notNearest(Expression query, Vector vector, String found) {
        return Refusal.of(
                QueryRule.HOPS_OR_NEAREST,
                query.position(),
                "nearest here looks for a " + vector.displayName() + " or a String, not for " + found);
    }

    @Override
    public ExpressionType visitTextSearch(TextSearch search) throws Refusal {
        QueryRule rule = search instanceof Expression.MatchText ? QueryRule.TEXT_MATCH : QueryRule.TEXT_SEARCH;
        requireText(search.field(), search.word() + " looks into", rule);
        requireText(search.query(), search.word() + " looks for", rule);
        if (search instanceof Fuzzy fuzzy && fuzzy.maxEdits().isPresent()) {
            requireWholeNumber(fuzzy.maxEdits().get(), "the most edits of fuzzy are", rule);
        }
        return scalar(Primitive.BOOL);
    }

    @Override
    public ExpressionType visitBm25(Bm25 bm25) throws Refusal {
        requireText(bm25.field(), "bm25 looks into", QueryRule.TEXT_MATCH);
        requireText(bm25.query(), "bm25 looks for", QueryRule.TEXT_MATCH);
        return scalar(Primitive.F64);
    }

    @Override
    public ExpressionType visitRrf(Rrf rrf) throws Refusal {
        typeOf(rrf.first());
        typeOf(rrf.second());
        if (rrf.k().isPresent()) {
            Expression k = rrf.k().get();
            requireWholeNumber(k, "k of rrf is", QueryRule.RANK_FUSION);
            if (k instanceof IntegerLiteral number && number.value() == 0) {
                throw Refusal.of(QueryRule.RANK_FUSION, k.position(), "k of rrf is at least 1, not 0");
            }
        }
        return scalar(Primitive.F64);
    }

    @Override
    public ExpressionType visitAggregate(Aggregate aggregate) throws Refusal {
        ExpressionType argument = typeOf(aggregate.argument());
        if (argument instanceof Scalar scalar && !accepts(aggregate.function(), scalar)) {
            boolean ordered = takesText(aggregate.function());
            throw Refusal.of(
                    QueryRule.AGGREGATE_ARGUMENT,
                    aggregate.argument().position(),
                    aggregate.function().word() + " works on numbers" + (ordered ? " and texts" : "") + ", not on "
                            + argument.displayName());
        }
        return Opaque.INSTANCE;
    }

    private static boolean accepts(AggregateFunction function, Scalar argument) {
        boolean number =
                argument.type().scalar().isNumeric() && !argument.type().list();
        return switch (function) {
            case COUNT -> true;
            case SUM, AVG -> number;
            case MIN, MAX -> number || argument.isText();
        };
    }

    private static boolean takesText(AggregateFunction function) {
        return accepts(function, scalar(Primitive.STRING));
    }

    private void requireText(Expression argument, String role, QueryRule rule) throws Refusal {
        ExpressionType type = typeOf(argument);
        if (!(type instanceof Scalar scalar && scalar.isText())) {
            throw Refusal.of(rule, argument.position(), role + " a String, not " + type.displayName());
        }
    }

    private void requireWholeNumber(Expression argument, String role, QueryRule rule) throws Refusal {
        ExpressionType type = typeOf(argument);
        boolean whole = type instanceof Scalar scalar
                && !scalar.type().list()
                && WHOLE_NUMBERS.contains(scalar.type().scalar());
        if (!whole) {
            throw Refusal.of(rule, argument.position(), role + " a whole number, not " + type.displayName());
        }
    }

    private Property property(Access access, QueryRule rule) throws Refusal {
        Node node = scope.binding(access.variable()).orElseThrow(() -> unbound(access.variable(), rule));
        return node.property(access.property())
                .orElseThrow(() -> UnknownProperty.of(rule, node, access.property(), access.propertyPosition()));
    }

    private Refusal unbound(Variable variable, QueryRule rule) {
        String why = scope.parameter(variable.name()).isPresent()
                ? "is a parameter, and those have no properties"
                : "is not bound here";
        return Refusal.ofName(
                rule, variable.position(), "'$" + variable.name() + "' " + why, variable.name(), scope.boundNames());
    }

    private static Scalar scalar(Primitive type) {
        return new Scalar(PropertyType.of(type, false));
    }
}
