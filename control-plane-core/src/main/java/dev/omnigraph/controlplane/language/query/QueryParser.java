package dev.omnigraph.controlplane.language.query;

import dev.omnigraph.controlplane.language.LanguageException;
import dev.omnigraph.controlplane.language.SourcePosition;
import dev.omnigraph.controlplane.language.SourceScanner;
import dev.omnigraph.controlplane.language.TokenRule;
import dev.omnigraph.controlplane.language.query.Clause.Binding;
import dev.omnigraph.controlplane.language.query.Clause.Comparison;
import dev.omnigraph.controlplane.language.query.Clause.Hops;
import dev.omnigraph.controlplane.language.query.Clause.Membership;
import dev.omnigraph.controlplane.language.query.Clause.Negation;
import dev.omnigraph.controlplane.language.query.Clause.Traversal;
import dev.omnigraph.controlplane.language.query.Grammar.Mismatch;
import dev.omnigraph.controlplane.language.query.Literal.BooleanLiteral;
import dev.omnigraph.controlplane.language.query.ReadBody.Direction;
import dev.omnigraph.controlplane.language.query.ReadBody.Limit;
import dev.omnigraph.controlplane.language.query.ReadBody.Ordering;
import dev.omnigraph.controlplane.language.query.ReadBody.Projection;
import dev.omnigraph.controlplane.language.query.WriteStatement.Delete;
import dev.omnigraph.controlplane.language.query.WriteStatement.Insert;
import dev.omnigraph.controlplane.language.query.WriteStatement.Predicate;
import dev.omnigraph.controlplane.language.query.WriteStatement.Update;
import dev.omnigraph.controlplane.language.schema.ScalarType.Primitive;
import java.math.BigInteger;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * Parses stored queries (query-language.md 1 to 3). Each method is the rule of that name in the grammar; the order of
 * alternatives is part of the language. Thread-safe.
 *
 * <p>Sources are limited to {@link SourceScanner#MAX_SOURCE_BYTES}, the nesting of negations, lists and function
 * arguments to {@link Grammar#MAX_NESTING} levels.
 */
public final class QueryParser {

    /** A name, unless a {@code not} that stands for itself begins it. */
    private static final TokenRule EDGE_WORD = (source, offset) -> {
        int afterNot = offset + "not".length();
        boolean negation = source.startsWith("not", offset)
                && (afterNot == source.length() || !isLetterOrDigit(source.charAt(afterNot)));
        return negation ? TokenRule.NO_MATCH : TokenRule.LOWER_NAME.endOfMatch(source, offset);
    };

    private static final BigInteger MAX_U64 = BigInteger.TWO.pow(64).subtract(BigInteger.ONE);
    private static final BigInteger MAX_U32 = BigInteger.TWO.pow(32).subtract(BigInteger.ONE);

    private final String source;
    private final SourceScanner scanner;
    private final Grammar text;
    private final ExpressionParser expressions;

    private QueryParser(String source, SourceScanner scanner) {
        this.source = source;
        this.scanner = scanner;
        this.text = new Grammar(scanner);
        this.expressions = new ExpressionParser(text);
    }

    /**
     * Parses the queries of one file; an empty file has none.
     *
     * @throws LanguageException for the first error; a syntax error anywhere comes before all others
     */
    public static QueryFile parse(String source) throws LanguageException {
        QueryParser parser = new QueryParser(source, SourceScanner.of(source));
        return parser.text.wholeText(() -> new QueryFile(parser.text.zeroOrMore(parser::query)));
    }

    private QueryDeclaration query() throws Mismatch {
        return text.element("a query", () -> {
            text.literal("query");
            SourcePosition position = text.here();
            String name = text.token("a query name", TokenRule.LOWER_NAME);
            text.literal("(");
            List<Parameter> parameters =
                    text.optional(() -> text.commaSeparated(this::parameter)).orElse(List.of());
            text.literal(")");
            Notes notes = notes();
            text.literal("{");
            QueryBody body = text.firstOf("a body that reads or writes", this::readBody, this::writeBody);
            text.literal("}");
            return new QueryDeclaration(name, parameters, notes.description(), notes.instruction(), body, position);
        });
    }

    private Parameter parameter() throws Mismatch {
        return text.element("a parameter", () -> {
            Variable variable = expressions.variable();
            text.literal(":");
            int start = scanner.nextElement();
            Parameter.Type type = parameterType();
            boolean nullable = text.accepts("?") || endsInQuestionMark(start);
            return new Parameter(variable.name(), type, nullable, variable.position());
        });
    }

    private Parameter.Type parameterType() throws Mismatch {
        return text.firstOf(
                "a parameter type",
                () -> {
                    text.literal("[");
                    Primitive elements = scalar();
                    text.literal("]");
                    return new Parameter.ListOf(elements);
                },
                () -> new Parameter.Scalar(scalar()),
                () -> {
                    text.literal("Vector");
                    text.literal("(");
                    String dimension = text.token("a number", TokenRule.DIGITS);
                    text.literal(")");
                    return new Parameter.Vector(dimension);
                });
    }

    private Primitive scalar() throws Mismatch {
        return text.element("a scalar type", () -> {
            for (Primitive scalar : Primitive.values()) {
                if (text.accepts(scalar.displayName())) {
                    return scalar;
                }
            }
            throw new Mismatch();
        });
    }

    /**
     * The engine takes the text of a type up to the next token, comments included, and looks at how it ends: a comment
     * such as {@code // why?} makes the parameter nullable (query-language.md 3).
     */
    private boolean endsInQuestionMark(int typeStart) {
        int end = scanner.nextElement();
        while (end > typeStart && isWhiteSpace(source.charAt(end - 1))) {
            end--;
        }
        return source.charAt(end - 1) == '?';
    }

    private record Notes(Optional<String> description, Optional<String> instruction) {}

    private Notes notes() throws Mismatch {
        Optional<String> description = Optional.empty();
        Optional<String> instruction = Optional.empty();
        for (Note note : text.zeroOrMore(this::note)) {
            boolean describes = note.word().equals("@description");
            if ((describes ? description : instruction).isPresent()) {
                text.report(note.position(), "a second " + note.word() + " of one query; keep one of them");
            }
            if (describes) {
                description = Optional.of(note.value());
            } else {
                instruction = Optional.of(note.value());
            }
        }
        return new Notes(description, instruction);
    }

    private record Note(String word, String value, SourcePosition position) {}

    private Note note() throws Mismatch {
        return text.firstOf(
                "a note (@description, @instruction)", () -> note("@description"), () -> note("@instruction"));
    }

    private Note note(String word) throws Mismatch {
        SourcePosition position = text.here();
        text.literal(word);
        text.literal("(");
        String value = text.string();
        text.literal(")");
        return new Note(word, value, position);
    }

    private ReadBody readBody() throws Mismatch {
        List<Clause> match = text.element("a match block", () -> {
            text.literal("match");
            return clauses();
        });
        List<Projection> projections = text.element("a return block", () -> {
            text.literal("return");
            return block(() -> text.oneOrMore(this::projection));
        });
        List<Ordering> orderings = text.optional(() -> text.element("an order block", () -> {
                    text.literal("order");
                    return block(() -> text.commaSeparated(this::ordering));
                }))
                .orElse(List.of());
        return new ReadBody(match, projections, orderings, text.optional(this::limit));
    }

    private <T> T block(Grammar.Rule<T> content) throws Mismatch {
        text.literal("{");
        T value = content.match();
        text.literal("}");
        return value;
    }

    private List<Clause> clauses() throws Mismatch {
        return block(() -> text.oneOrMore(this::clause));
    }

    private Clause clause() throws Mismatch {
        return text.firstOf("a clause", this::negation, this::binding, this::traversal, this::filter, this::textClause);
    }

    private Negation negation() throws Mismatch {
        SourcePosition position = text.here();
        text.literal("not");
        return new Negation(text.nested(this::clauses), position);
    }

    private Binding binding() throws Mismatch {
        Variable variable = expressions.variable();
        text.literal(":");
        TypeName type = typeName();
        List<Field> fields = text.optional(() -> block(this::bindingFields)).orElse(List.of());
        return new Binding(variable, type, fields);
    }

    private List<Field> bindingFields() throws Mismatch {
        List<Field> fields = text.commaSeparated(() -> text.element("a field", this::field));
        text.accepts(",");
        return fields;
    }

    private Traversal traversal() throws Mismatch {
        Variable from = expressions.variable();
        SourcePosition wordPosition = text.here();
        String word = text.token("an edge", EDGE_WORD);
        Hops hops = text.optional(() -> text.element("hop bounds", this::hops))
                .orElse(new Hops(1, OptionalLong.of(1), wordPosition));
        return new Traversal(from, word, wordPosition, hops, expressions.variable());
    }

    private Hops hops() throws Mismatch {
        SourcePosition position = text.here();
        return block(() -> {
            long min = hopBound();
            text.literal(",");
            Optional<Long> max = text.optional(this::hopBound);
            return new Hops(min, max.map(OptionalLong::of).orElse(OptionalLong.empty()), position);
        });
    }

    private long hopBound() throws Mismatch {
        return text.number("a hop bound", MAX_U32).longValueExact();
    }

    private Clause filter() throws Mismatch {
        Expression left = expressions.expression();
        if (text.accepts("contains")) {
            return new Membership(left, expressions.expression());
        }
        ComparisonOperator operator = comparison();
        return new Comparison(left, operator, expressions.expression());
    }

    private ComparisonOperator comparison() throws Mismatch {
        return text.element("a comparison", () -> {
            for (ComparisonOperator operator : ComparisonOperator.values()) {
                if (text.accepts(operator.symbol())) {
                    return operator;
                }
            }
            throw new Mismatch();
        });
    }

    private Comparison textClause() throws Mismatch {
        Expression search = expressions.textSearch();
        return new Comparison(search, ComparisonOperator.EQUAL, new BooleanLiteral(true, search.position()));
    }

    private Projection projection() throws Mismatch {
        return text.element("a projection", () -> {
            Expression expression = expressions.expression();
            Optional<String> alias = text.optional(() -> {
                text.literal("as");
                return text.token("an alias", TokenRule.LOWER_NAME);
            });
            text.accepts(",");
            return new Projection(expression, alias);
        });
    }

    private Ordering ordering() throws Mismatch {
        return text.firstOf("an ordering", () -> new Ordering(expressions.nearest(), Direction.ASCENDING), () -> {
            Expression expression = expressions.expression();
            return new Ordering(expression, text.optional(this::direction).orElse(Direction.ASCENDING));
        });
    }

    private Direction direction() throws Mismatch {
        return text.element("a direction", () -> {
            if (text.accepts("asc")) {
                return Direction.ASCENDING;
            }
            text.literal("desc");
            return Direction.DESCENDING;
        });
    }

    private Limit limit() throws Mismatch {
        return text.element("a limit", () -> {
            SourcePosition position = text.here();
            text.literal("limit");
            return new Limit(text.number("a limit", MAX_U64), position);
        });
    }

    private WriteBody writeBody() throws Mismatch {
        return new WriteBody(text.oneOrMore(
                () -> text.firstOf("an insert, update or delete", this::insert, this::update, this::delete)));
    }

    private Insert insert() throws Mismatch {
        text.literal("insert");
        return new Insert(typeName(), assignments());
    }

    private Update update() throws Mismatch {
        text.literal("update");
        TypeName target = typeName();
        text.literal("set");
        List<Field> assignments = assignments();
        return new Update(target, assignments, where());
    }

    private Delete delete() throws Mismatch {
        text.literal("delete");
        return new Delete(typeName(), where());
    }

    private List<Field> assignments() throws Mismatch {
        return block(() -> text.oneOrMore(() -> text.element("an assignment", () -> {
            Field assignment = field();
            text.accepts(",");
            return assignment;
        })));
    }

    private Field field() throws Mismatch {
        SourcePosition position = text.here();
        String property = propertyName();
        text.literal(":");
        return new Field(property, expressions.value(), position);
    }

    private Predicate where() throws Mismatch {
        text.literal("where");
        return text.element("a predicate", () -> {
            SourcePosition position = text.here();
            String property = propertyName();
            ComparisonOperator operator = comparison();
            return new Predicate(property, operator, expressions.value(), position);
        });
    }

    private TypeName typeName() throws Mismatch {
        SourcePosition position = text.here();
        return new TypeName(text.token("a type name", TokenRule.TYPE_NAME), position);
    }

    private String propertyName() throws Mismatch {
        return text.token("a property name", TokenRule.LOWER_NAME);
    }

    private static boolean isLetterOrDigit(char c) {
        return TokenRule.isNamePart(c) && c != '_';
    }

    /** White space as Unicode has it, which is what the engine trims. */
    private static boolean isWhiteSpace(char c) {
        return (c >= '\t' && c <= '\r') || c == '\u0085' || Character.isSpaceChar(c);
    }
}
