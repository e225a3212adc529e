package dev.omnigraph.controlplane.language.schema;

import dev.omnigraph.controlplane.language.LanguageException;
import dev.omnigraph.controlplane.language.SourceScanner;
import dev.omnigraph.controlplane.language.Token;
import dev.omnigraph.controlplane.language.TokenRule;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Pass P1: the grammar of schema-language.md 2, one method a rule. Almost every choice is decided by what comes next, so
 * that a failure behind it is final; only a cardinality and a bound are tried and taken back.
 *
 * <p>A missing keyword or punctuation mark counts against the rule that needed it, at the place where that rule began.
 */
final class SyntaxParser {

    private static final List<String> BOOLEANS = List.of("true", "false");

    private static final TokenRule ENUM_VALUE = (source, offset) -> {
        int end = offset;
        while (end < source.length() && (TokenRule.isNamePart(source.charAt(end)) || source.charAt(end) == '-')) {
            end++;
        }
        return end == offset ? TokenRule.NO_MATCH : end;
    };

    private final SourceScanner scanner;

    SyntaxParser(SourceScanner scanner) {
        this.scanner = scanner;
    }

    SchemaSyntax parse() throws LanguageException {
        List<SchemaSyntax.Declaration> declarations = new ArrayList<>();
        while (!scanner.atEnd()) {
            declarations.add(declaration());
        }
        return new SchemaSyntax(declarations);
    }

    private SchemaSyntax.Declaration declaration() throws LanguageException {
        int start = scanner.nextElement();
        if (scanner.take("interface")) {
            return interfaceType(start);
        }
        if (scanner.take("node")) {
            return nodeType(start);
        }
        if (scanner.take("edge")) {
            return edgeType(start);
        }
        scanner.failed(start, "a declaration");
        throw scanner.syntaxError();
    }

    private SchemaSyntax.Interface interfaceType(int start) throws LanguageException {
        Token name = typeName();
        require("{", start, "an interface");
        List<SchemaSyntax.Property> properties = new ArrayList<>();
        for (Optional<SchemaSyntax.Property> next = property(); next.isPresent(); next = property()) {
            properties.add(next.get());
        }
        require("}", start, "an interface");
        return new SchemaSyntax.Interface(name, properties);
    }

    private SchemaSyntax.Node nodeType(int start) throws LanguageException {
        Token name = typeName();
        List<SchemaSyntax.Annotation> annotations = annotations();
        List<Token> interfaces = scanner.take("implements") ? typeNames() : List.of();
        return new SchemaSyntax.Node(name, annotations, interfaces, body(start, "a node type"));
    }

    private List<Token> typeNames() throws LanguageException {
        List<Token> names = new ArrayList<>();
        do {
            names.add(typeName());
        } while (scanner.take(","));
        return names;
    }

    private SchemaSyntax.Edge edgeType(int start) throws LanguageException {
        Token name = typeName();
        require(":", start, "an edge type");
        Token from = typeName();
        require("->", start, "an edge type");
        Token to = typeName();
        Optional<SchemaSyntax.CardinalityRange> cardinality = cardinality();
        List<SchemaSyntax.Annotation> annotations = annotations();
        List<SchemaSyntax.Item> body = scanner.comesNext("{") ? body(start, "an edge type") : List.of();
        return new SchemaSyntax.Edge(name, from, to, cardinality, annotations, body);
    }

    /** Takes {@code @card(min..max)}; in any other form {@code @card} is an ordinary annotation. */
    private Optional<SchemaSyntax.CardinalityRange> cardinality() {
        int start = scanner.nextElement();
        if (scanner.takeQuietly("@card") && scanner.take("(")) {
            Optional<Token> min = scanner.take(TokenRule.DIGITS, "a whole number");
            if (min.isPresent() && scanner.take("..")) {
                Optional<Token> max = scanner.take(TokenRule.DIGITS, "a whole number");
                if (scanner.take(")")) {
                    return Optional.of(new SchemaSyntax.CardinalityRange(min.get(), max));
                }
            }
        }
        scanner.failed(start, "a cardinality");
        scanner.resetTo(start);
        return Optional.empty();
    }

    private List<SchemaSyntax.Item> body(int start, String owner) throws LanguageException {
        require("{", start, owner);
        List<SchemaSyntax.Item> items = new ArrayList<>();
        for (Optional<SchemaSyntax.Item> next = item(); next.isPresent(); next = item()) {
            items.add(next.get());
        }
        require("}", start, owner);
        return items;
    }

    private Optional<SchemaSyntax.Item> item() throws LanguageException {
        Optional<SchemaSyntax.Property> property = property();
        return property.isPresent() ? Optional.of(property.get()) : constraint().map(SchemaSyntax.Item.class::cast);
    }

    private Optional<SchemaSyntax.Property> property() throws LanguageException {
        Optional<Token> name = scanner.take(TokenRule.LOWER_NAME, "a property");
        if (name.isEmpty()) {
            return Optional.empty();
        }
        require(":", name.get().offset(), "a property");
        return Optional.of(new SchemaSyntax.Property(name.get(), type(), annotations()));
    }

    private SchemaSyntax.Type type() throws LanguageException {
        int start = scanner.nextElement();
        SchemaSyntax.CoreType core = coreType(start);
        return new SchemaSyntax.Type(start, core, scanner.take("?"));
    }

    private SchemaSyntax.CoreType coreType(int start) throws LanguageException {
        if (scanner.comesNext("[")) {
            return listType(start);
        }
        if (scanner.comesNext("enum")) {
            return enumType(start);
        }
        if (scanner.comesNext("Vector")) {
            return vectorType(start);
        }
        Optional<ScalarType.Primitive> scalar = scalar();
        if (scalar.isPresent()) {
            return new SchemaSyntax.ScalarName(scalar.get());
        }
        scanner.failed(start, "a type (a scalar such as String or I64, [scalar], enum(…) or Vector(…))");
        throw scanner.syntaxError();
    }

    private SchemaSyntax.ListOf listType(int start) throws LanguageException {
        require("[", start, "a list type");
        int elementStart = scanner.nextElement();
        Optional<ScalarType.Primitive> element = scalar();
        if (element.isEmpty()) {
            scanner.failed(elementStart, "a scalar type as list element (String, I64, …)");
            throw scanner.syntaxError();
        }
        require("]", start, "a list type");
        return new SchemaSyntax.ListOf(element.get());
    }

    private SchemaSyntax.EnumOf enumType(int start) throws LanguageException {
        require("enum", start, "an enum type");
        require("(", start, "an enum type");
        List<Token> values = new ArrayList<>();
        do {
            values.add(require(ENUM_VALUE, "an enum value (letters, digits, '_' and '-', unquoted)"));
        } while (scanner.take(","));
        require(")", start, "an enum type");
        return new SchemaSyntax.EnumOf(values);
    }

    private SchemaSyntax.VectorOf vectorType(int start) throws LanguageException {
        require("Vector", start, "a vector type");
        require("(", start, "a vector type");
        Token dimension = require(TokenRule.DIGITS, "a dimension");
        require(")", start, "a vector type");
        return new SchemaSyntax.VectorOf(dimension);
    }

    private Optional<ScalarType.Primitive> scalar() {
        for (ScalarType.Primitive scalar : ScalarType.Primitive.values()) {
            if (scanner.takeQuietly(scalar.displayName())) {
                return Optional.of(scalar);
            }
        }
        return Optional.empty();
    }

    private List<SchemaSyntax.Annotation> annotations() throws LanguageException {
        List<SchemaSyntax.Annotation> annotations = new ArrayList<>();
        for (Optional<SchemaSyntax.Annotation> next = annotation(); next.isPresent(); next = annotation()) {
            annotations.add(next.get());
        }
        return annotations;
    }

    private Optional<SchemaSyntax.Annotation> annotation() throws LanguageException {
        int start = scanner.nextElement();
        if (!scanner.takeQuietly("@")) {
            scanner.failed(start, "an annotation");
            return Optional.empty();
        }
        int afterSign = scanner.nextElement();
        if (takeConstraintHead().isPresent()) {
            scanner.failed(afterSign, "an annotation (a constraint stands in the body of a node or edge)");
            scanner.resetTo(start);
            return Optional.empty();
        }
        Token name = require(TokenRule.LOWER_NAME, "an annotation name");
        int arguments = scanner.nextElement();
        if (!scanner.comesNext("(")) {
            return Optional.of(new SchemaSyntax.Annotation(name, Optional.empty(), List.of()));
        }
        return Optional.of(annotationArguments(name, arguments));
    }

    private SchemaSyntax.Annotation annotationArguments(Token name, int start) throws LanguageException {
        require("(", start, "the arguments of an annotation");
        Optional<Token> literal = literal();
        Token value = literal.isPresent() ? literal.get() : require(TokenRule.LOWER_NAME, "a name");
        List<SchemaSyntax.NamedArgument> arguments = new ArrayList<>();
        while (scanner.take(",")) {
            Token argument = require(TokenRule.LOWER_NAME, "the name of an argument");
            require("=", start, "the arguments of an annotation");
            arguments.add(new SchemaSyntax.NamedArgument(argument, literal().orElseThrow(scanner::syntaxError)));
        }
        require(")", start, "the arguments of an annotation");
        return new SchemaSyntax.Annotation(name, Optional.of(value), arguments);
    }

    private Optional<SchemaSyntax.Constraint> constraint() throws LanguageException {
        int start = scanner.nextElement();
        if (!scanner.takeQuietly("@")) {
            scanner.failed(start, "a constraint");
            return Optional.empty();
        }
        int afterSign = scanner.nextElement();
        Optional<SchemaSyntax.ConstraintWord> word = takeConstraintHead();
        if (word.isEmpty()) {
            scanner.failed(afterSign, "a constraint (@key(…), @unique(…), @index(…), @range(…) or @check(…))");
            throw scanner.syntaxError();
        }
        List<SchemaSyntax.ConstraintArgument> arguments = new ArrayList<>();
        do {
            arguments.add(constraintArgument());
        } while (scanner.take(","));
        require(")", start, "a constraint");
        return Optional.of(new SchemaSyntax.Constraint(afterSign, word.get(), arguments));
    }

    /** Takes a constraint word and the parenthesis behind it; both, or nothing. */
    private Optional<SchemaSyntax.ConstraintWord> takeConstraintHead() {
        int start = scanner.nextElement();
        for (SchemaSyntax.ConstraintWord word : SchemaSyntax.ConstraintWord.values()) {
            if (scanner.takeQuietly(word.text()) && scanner.takeQuietly("(")) {
                return Optional.of(word);
            }
            scanner.resetTo(start);
        }
        return Optional.empty();
    }

    private SchemaSyntax.ConstraintArgument constraintArgument() throws LanguageException {
        Optional<SchemaSyntax.Bounds> bounds = bounds();
        if (bounds.isPresent()) {
            return bounds.get();
        }
        Optional<Token> literal = literal();
        if (literal.isPresent()) {
            return new SchemaSyntax.LiteralArgument(literal.get());
        }
        return new SchemaSyntax.NameArgument(require(TokenRule.LOWER_NAME, "a property name"));
    }

    private Optional<SchemaSyntax.Bounds> bounds() {
        int start = scanner.nextElement();
        Optional<Token> min = signed();
        if (scanner.takeQuietly("..")) {
            Optional<Token> max = signed();
            if (min.isPresent() || max.isPresent()) {
                return Optional.of(new SchemaSyntax.Bounds(start, min, max));
            }
        }
        scanner.resetTo(start);
        return Optional.empty();
    }

    private Optional<Token> signed() {
        return scanner.take(signedForm(TokenRule.DECIMAL), "a decimal number")
                .or(() -> scanner.take(signedForm(TokenRule.DIGITS), "a whole number"));
    }

    private static TokenRule signedForm(TokenRule unsigned) {
        return (source, offset) -> unsigned.endOfMatch(source, source.startsWith("-", offset) ? offset + 1 : offset);
    }

    private Optional<Token> literal() {
        return scanner.take(TokenRule.STRING, "a string")
                .or(() -> scanner.take(TokenRule.DECIMAL, "a decimal number"))
                .or(() -> scanner.take(TokenRule.DIGITS, "a whole number"))
                .or(this::booleanLiteral);
    }

    private Optional<Token> booleanLiteral() {
        int start = scanner.nextElement();
        for (String word : BOOLEANS) {
            if (scanner.take(word)) {
                return Optional.of(new Token(word, start));
            }
        }
        return Optional.empty();
    }

    private Token typeName() throws LanguageException {
        return require(TokenRule.TYPE_NAME, "a type name (upper-case first letter)");
    }

    private Token require(TokenRule rule, String name) throws LanguageException {
        return scanner.take(rule, name).orElseThrow(scanner::syntaxError);
    }

    private void require(String literal, int ruleStart, String rule) throws LanguageException {
        if (!scanner.take(literal)) {
            scanner.failed(ruleStart, rule);
            throw scanner.syntaxError();
        }
    }
}
