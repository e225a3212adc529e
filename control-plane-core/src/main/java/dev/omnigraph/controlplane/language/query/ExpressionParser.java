package dev.omnigraph.controlplane.language.query;

import dev.omnigraph.controlplane.language.SourcePosition;
import dev.omnigraph.controlplane.language.TokenRule;
import dev.omnigraph.controlplane.language.query.Expression.Access;
import dev.omnigraph.controlplane.language.query.Expression.Aggregate;
import dev.omnigraph.controlplane.language.query.Expression.Alias;
import dev.omnigraph.controlplane.language.query.Expression.Bm25;
import dev.omnigraph.controlplane.language.query.Expression.Fuzzy;
import dev.omnigraph.controlplane.language.query.Expression.MatchText;
import dev.omnigraph.controlplane.language.query.Expression.Nearest;
import dev.omnigraph.controlplane.language.query.Expression.Now;
import dev.omnigraph.controlplane.language.query.Expression.Ranking;
import dev.omnigraph.controlplane.language.query.Expression.Rrf;
import dev.omnigraph.controlplane.language.query.Expression.Search;
import dev.omnigraph.controlplane.language.query.Expression.TextSearch;
import dev.omnigraph.controlplane.language.query.Grammar.Mismatch;
import dev.omnigraph.controlplane.language.query.Literal.BooleanLiteral;
import dev.omnigraph.controlplane.language.query.Literal.DateLiteral;
import dev.omnigraph.controlplane.language.query.Literal.DateTimeLiteral;
import dev.omnigraph.controlplane.language.query.Literal.DecimalLiteral;
import dev.omnigraph.controlplane.language.query.Literal.IntegerLiteral;
import dev.omnigraph.controlplane.language.query.Literal.ListLiteral;
import dev.omnigraph.controlplane.language.query.Literal.StringLiteral;
import java.math.BigInteger;
import java.util.List;
import java.util.Optional;

/** The rules for expressions, values and literals (query-language.md 2). */
final class ExpressionParser {

    private static final TokenRule VARIABLE = (source, offset) ->
            source.startsWith("$", offset) ? TokenRule.LOWER_NAME.endOfMatch(source, offset + 1) : TokenRule.NO_MATCH;

    private static final BigInteger MAX_I64 = BigInteger.valueOf(Long.MAX_VALUE);

    private final Grammar text;

    ExpressionParser(Grammar text) {
        this.text = text;
    }

    Expression expression() throws Mismatch {
        return text.nested(() -> text.firstOf(
                "an expression",
                this::now,
                this::nearest,
                this::search,
                this::fuzzy,
                this::matchText,
                this::bm25,
                this::rrf,
                this::aggregate,
                this::access,
                this::variable,
                this::literal,
                this::alias));
    }

    Value value() throws Mismatch {
        return text.firstOf("a value", this::literal, this::variable, this::now);
    }

    TextSearch textSearch() throws Mismatch {
        return text.firstOf("a text search", this::search, this::fuzzy, this::matchText);
    }

    Nearest nearest() throws Mismatch {
        SourcePosition position = text.here();
        text.literal("nearest");
        text.literal("(");
        Access vector = text.element("a property", this::access);
        Expression query = nextArgument();
        text.literal(")");
        return new Nearest(vector, query, position);
    }

    Variable variable() throws Mismatch {
        SourcePosition position = text.here();
        String token = text.token("a variable", VARIABLE);
        return new Variable(token.substring(1), position);
    }

    private Now now() throws Mismatch {
        SourcePosition position = text.here();
        text.literal("now");
        text.literal("(");
        text.literal(")");
        return new Now(position);
    }

    private Search search() throws Mismatch {
        SourcePosition position = text.here();
        Expression field = firstArgument("search");
        Expression query = nextArgument();
        text.literal(")");
        return new Search(field, query, position);
    }

    private Fuzzy fuzzy() throws Mismatch {
        SourcePosition position = text.here();
        Expression field = firstArgument("fuzzy");
        Expression query = nextArgument();
        Optional<Expression> maxEdits = text.optional(this::nextArgument);
        text.literal(")");
        return new Fuzzy(field, query, maxEdits, position);
    }

    private MatchText matchText() throws Mismatch {
        SourcePosition position = text.here();
        Expression field = firstArgument("match_text");
        Expression query = nextArgument();
        text.literal(")");
        return new MatchText(field, query, position);
    }

    private Bm25 bm25() throws Mismatch {
        SourcePosition position = text.here();
        Expression field = firstArgument("bm25");
        Expression query = nextArgument();
        text.literal(")");
        return new Bm25(field, query, position);
    }

    private Rrf rrf() throws Mismatch {
        SourcePosition position = text.here();
        text.literal("rrf");
        text.literal("(");
        Ranking first = ranking();
        text.literal(",");
        Ranking second = ranking();
        Optional<Expression> k = text.optional(this::nextArgument);
        text.literal(")");
        return new Rrf(first, second, k, position);
    }

    private Ranking ranking() throws Mismatch {
        return text.firstOf("a ranking by nearest or bm25", this::nearest, this::bm25);
    }

    private Aggregate aggregate() throws Mismatch {
        SourcePosition position = text.here();
        for (AggregateFunction function : AggregateFunction.values()) {
            if (text.accepts(function.word())) {
                text.literal("(");
                Expression argument = expression();
                text.literal(")");
                return new Aggregate(function, argument, position);
            }
        }
        throw new Mismatch();
    }

    private Expression firstArgument(String function) throws Mismatch {
        text.literal(function);
        text.literal("(");
        return expression();
    }

    private Expression nextArgument() throws Mismatch {
        text.literal(",");
        return expression();
    }

    private Access access() throws Mismatch {
        Variable variable = variable();
        text.literal(".");
        SourcePosition propertyPosition = text.here();
        String property = text.token("a property name", TokenRule.LOWER_NAME);
        return new Access(variable, property, propertyPosition);
    }

    private Alias alias() throws Mismatch {
        SourcePosition position = text.here();
        return new Alias(text.token("an alias", TokenRule.LOWER_NAME), position);
    }

    private Literal literal() throws Mismatch {
        return text.firstOf(
                "a literal",
                this::list,
                this::dateTime,
                this::date,
                this::stringLiteral,
                this::decimal,
                this::integer,
                () -> bool("true", true),
                () -> bool("false", false));
    }

    private ListLiteral list() throws Mismatch {
        SourcePosition position = text.here();
        text.literal("[");
        List<Literal> elements = text.nested(() -> text.optional(() -> text.commaSeparated(this::literal)))
                .orElse(List.of());
        text.literal("]");
        return new ListLiteral(elements, position);
    }

    private DateTimeLiteral dateTime() throws Mismatch {
        SourcePosition position = text.here();
        return new DateTimeLiteral(quotedArgument("datetime"), position);
    }

    private DateLiteral date() throws Mismatch {
        SourcePosition position = text.here();
        return new DateLiteral(quotedArgument("date"), position);
    }

    private String quotedArgument(String function) throws Mismatch {
        text.literal(function);
        text.literal("(");
        String argument = text.string();
        text.literal(")");
        return argument;
    }

    private StringLiteral stringLiteral() throws Mismatch {
        SourcePosition position = text.here();
        return new StringLiteral(text.string(), position);
    }

    private DecimalLiteral decimal() throws Mismatch {
        SourcePosition position = text.here();
        return new DecimalLiteral(Double.parseDouble(text.token("a number", TokenRule.DECIMAL)), position);
    }

    private IntegerLiteral integer() throws Mismatch {
        SourcePosition position = text.here();
        return new IntegerLiteral(text.number("a number", MAX_I64).longValueExact(), position);
    }

    private BooleanLiteral bool(String word, boolean value) throws Mismatch {
        SourcePosition position = text.here();
        text.literal(word);
        return new BooleanLiteral(value, position);
    }
}
