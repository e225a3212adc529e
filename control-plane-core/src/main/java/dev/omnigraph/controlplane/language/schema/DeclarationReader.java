package dev.omnigraph.controlplane.language.schema;

import dev.omnigraph.controlplane.digest.Utf8Order;
import dev.omnigraph.controlplane.language.LanguageException;
import dev.omnigraph.controlplane.language.Located;
import dev.omnigraph.controlplane.language.SourcePosition;
import dev.omnigraph.controlplane.language.SourceScanner;
import dev.omnigraph.controlplane.language.Token;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.SortedSet;
import java.util.TreeSet;

/**
 * Pass P2: gives numbers, strings and arguments their values, in the order of the file, and turns the property
 * annotations {@code @key}, {@code @unique} and {@code @index} into constraints (schema-language.md 5.1).
 */
final class DeclarationReader {

    private static final long UNSIGNED_32_BIT_MAX = 0xffff_ffffL;

    private final SourceScanner scanner;

    DeclarationReader(SourceScanner scanner) {
        this.scanner = scanner;
    }

    SchemaDeclarations read(SchemaSyntax syntax) throws LanguageException {
        List<SchemaDeclarations.Declaration> declarations = new ArrayList<>();
        for (SchemaSyntax.Declaration declaration : syntax.declarations()) {
            declarations.add(read(declaration));
        }
        return new SchemaDeclarations(declarations);
    }

    private SchemaDeclarations.Declaration read(SchemaSyntax.Declaration declaration) throws LanguageException {
        if (declaration instanceof SchemaSyntax.Interface type) {
            return interfaceType(type);
        }
        if (declaration instanceof SchemaSyntax.Node node) {
            return nodeType(node);
        }
        return edgeType((SchemaSyntax.Edge) declaration);
    }

    private SchemaDeclarations.Interface interfaceType(SchemaSyntax.Interface type) throws LanguageException {
        SourcePosition position = position(type.name());
        List<SchemaDeclarations.Property> properties = new ArrayList<>();
        for (SchemaSyntax.Property property : type.properties()) {
            properties.add(property(property));
        }
        return new SchemaDeclarations.Interface(type.name().text(), position, properties);
    }

    private SchemaDeclarations.Node nodeType(SchemaSyntax.Node node) throws LanguageException {
        SourcePosition position = position(node.name());
        List<Located<Annotation>> annotations = annotations(node.annotations());
        List<Located<String>> interfaces =
                node.interfaces().stream().map(this::located).toList();
        Body body = body(node.body());
        return new SchemaDeclarations.Node(
                node.name().text(), position, annotations, interfaces, body.properties(), body.constraints());
    }

    private SchemaDeclarations.Edge edgeType(SchemaSyntax.Edge edge) throws LanguageException {
        SourcePosition position = position(edge.name());
        Located<String> from = located(edge.fromType());
        Located<String> to = located(edge.toType());
        Cardinality cardinality =
                edge.cardinality().isPresent() ? cardinality(edge.cardinality().get()) : Cardinality.ANY;
        List<Located<Annotation>> annotations = annotations(edge.annotations());
        Body body = body(edge.body());
        return new SchemaDeclarations.Edge(
                edge.name().text(),
                position,
                from,
                to,
                cardinality,
                annotations,
                body.properties(),
                body.constraints());
    }

    private Cardinality cardinality(SchemaSyntax.CardinalityRange range) throws LanguageException {
        long min = cardinalityEnd(range.min());
        if (range.max().isEmpty()) {
            return new Cardinality(min, OptionalLong.empty());
        }
        long max = cardinalityEnd(range.max().get());
        if (min > max) {
            throw error(
                    range.min(),
                    "a cardinality goes from the smaller number to the larger, not from " + min + " to " + max);
        }
        return new Cardinality(min, OptionalLong.of(max));
    }

    private long cardinalityEnd(Token digits) throws LanguageException {
        return unsigned32(digits)
                .orElseThrow(() ->
                        error(digits, "a cardinality counts up to " + UNSIGNED_32_BIT_MAX + ", not " + digits.text()));
    }

    private Body body(List<SchemaSyntax.Item> items) throws LanguageException {
        List<SchemaDeclarations.Property> properties = new ArrayList<>();
        List<Located<Constraint>> constraints = new ArrayList<>();
        for (SchemaSyntax.Item item : items) {
            if (item instanceof SchemaSyntax.Property property) {
                properties.add(property(property));
            } else if (item instanceof SchemaSyntax.Constraint constraint) {
                SourcePosition position = scanner.position(constraint.offset());
                constraints.add(new Located<>(constraint(constraint), position));
            }
        }
        properties.forEach(property -> constraints.addAll(impliedConstraints(property)));
        return new Body(properties, constraints);
    }

    /** The constraints that the annotations of a property stand for. */
    static List<Located<Constraint>> impliedConstraints(SchemaDeclarations.Property property) {
        List<Located<Constraint>> constraints = new ArrayList<>();
        List<String> column = List.of(property.name());
        for (Located<Annotation> annotation : property.annotations()) {
            Optional<Constraint> constraint = switch (annotation.value().name()) {
                case Annotation.KEY -> Optional.of(new Constraint.Key(column));
                case Annotation.UNIQUE -> Optional.of(new Constraint.Unique(column));
                case Annotation.INDEX -> Optional.of(new Constraint.Index(column));
                default -> Optional.empty();
            };
            constraint.ifPresent(implied -> constraints.add(new Located<>(implied, annotation.position())));
        }
        return constraints;
    }

    private SchemaDeclarations.Property property(SchemaSyntax.Property property) throws LanguageException {
        SourcePosition position = position(property.name());
        PropertyType type = type(property.type());
        return new SchemaDeclarations.Property(
                property.name().text(), position, type, annotations(property.annotations()));
    }

    private PropertyType type(SchemaSyntax.Type type) throws LanguageException {
        SchemaSyntax.CoreType core = type.core();
        if (core instanceof SchemaSyntax.ListOf list) {
            if (list.element() == ScalarType.Primitive.BLOB) {
                throw new LanguageException(scanner.position(type.offset()), "a list cannot hold blobs");
            }
            return new PropertyType(list.element(), type.nullable(), true, Optional.empty());
        }
        if (core instanceof SchemaSyntax.EnumOf enumOf) {
            return new PropertyType(
                    ScalarType.Primitive.STRING, type.nullable(), false, Optional.of(enumValues(enumOf)));
        }
        if (core instanceof SchemaSyntax.VectorOf vector) {
            return PropertyType.of(new ScalarType.Vector(dimension(vector.dimension())), type.nullable());
        }
        return PropertyType.of(((SchemaSyntax.ScalarName) core).scalar(), type.nullable());
    }

    private List<String> enumValues(SchemaSyntax.EnumOf enumOf) throws LanguageException {
        SortedSet<String> values = new TreeSet<>(Utf8Order.COMPARATOR);
        for (Token value : enumOf.values()) {
            if (!values.add(value.text())) {
                throw error(value, "the enum names the value '" + value.text() + "' twice");
            }
        }
        return List.copyOf(values);
    }

    private int dimension(Token digits) throws LanguageException {
        OptionalLong dimension = unsigned32(digits);
        if (dimension.isEmpty() || dimension.getAsLong() < 1 || dimension.getAsLong() > Integer.MAX_VALUE) {
            throw error(digits, "a vector has from 1 to " + Integer.MAX_VALUE + " dimensions, not " + digits.text());
        }
        return (int) dimension.getAsLong();
    }

    private List<Located<Annotation>> annotations(List<SchemaSyntax.Annotation> annotations) throws LanguageException {
        List<Located<Annotation>> read = new ArrayList<>();
        for (SchemaSyntax.Annotation annotation : annotations) {
            SourcePosition position = position(annotation.name());
            read.add(new Located<>(annotation(annotation), position));
        }
        return read;
    }

    private Annotation annotation(SchemaSyntax.Annotation annotation) throws LanguageException {
        Optional<String> value = annotation.value().isPresent()
                ? Optional.of(text(annotation.value().get()))
                : Optional.empty();
        Map<String, String> arguments = new LinkedHashMap<>();
        for (SchemaSyntax.NamedArgument argument : annotation.arguments()) {
            arguments.put(argument.name().text(), text(argument.value()));
        }
        return new Annotation(annotation.name().text(), value, arguments);
    }

    private Constraint constraint(SchemaSyntax.Constraint constraint) throws LanguageException {
        return switch (constraint.word()) {
            case KEY -> new Constraint.Key(columns(constraint));
            case UNIQUE -> new Constraint.Unique(columns(constraint));
            case INDEX -> new Constraint.Index(columns(constraint));
            case RANGE -> range(constraint);
            case CHECK -> check(constraint);
        };
    }

    private List<String> columns(SchemaSyntax.Constraint constraint) throws LanguageException {
        List<String> columns = new ArrayList<>();
        for (SchemaSyntax.ConstraintArgument argument : constraint.arguments()) {
            columns.add(propertyName(constraint, argument));
        }
        return columns;
    }

    private Constraint.Range range(SchemaSyntax.Constraint constraint) throws LanguageException {
        List<SchemaSyntax.ConstraintArgument> arguments = constraint.arguments();
        String form = "@range takes a property and its bounds: @range(property, min..max)";
        if (arguments.size() < 2) {
            throw new LanguageException(scanner.position(constraint.offset()), form);
        }
        String property = propertyName(constraint, arguments.get(0));
        if (!(arguments.get(1) instanceof SchemaSyntax.Bounds bounds)) {
            throw error(arguments.get(1), form);
        }
        // The engine stores a lone upper bound as the lower one, and the hash of the schema holds it so.
        Optional<Bound> first = bounds.min().or(bounds::max).map(Token::text).map(Bound::parse);
        Optional<Bound> second =
                bounds.min().flatMap(min -> bounds.max()).map(Token::text).map(Bound::parse);
        return new Constraint.Range(property, first, second);
    }

    private Constraint.Check check(SchemaSyntax.Constraint constraint) throws LanguageException {
        List<SchemaSyntax.ConstraintArgument> arguments = constraint.arguments();
        String form = "@check takes a property and a quoted pattern: @check(property, \"pattern\")";
        if (arguments.size() < 2) {
            throw new LanguageException(scanner.position(constraint.offset()), form);
        }
        String property = propertyName(constraint, arguments.get(0));
        if (!(arguments.get(1) instanceof SchemaSyntax.LiteralArgument pattern) || !isString(pattern.token())) {
            throw error(arguments.get(1), form);
        }
        return new Constraint.Check(property, scanner.unescape(pattern.token()));
    }

    private String propertyName(SchemaSyntax.Constraint constraint, SchemaSyntax.ConstraintArgument argument)
            throws LanguageException {
        if (argument instanceof SchemaSyntax.NameArgument name) {
            return name.token().text();
        }
        throw error(argument, "@" + constraint.word().text() + " names properties here, unquoted");
    }

    private String text(Token value) throws LanguageException {
        return isString(value) ? scanner.unescape(value) : value.text();
    }

    private static boolean isString(Token token) {
        return token.text().startsWith("\"");
    }

    private static OptionalLong unsigned32(Token digits) {
        try {
            return OptionalLong.of(Integer.toUnsignedLong(Integer.parseUnsignedInt(digits.text())));
        } catch (NumberFormatException tooLarge) {
            return OptionalLong.empty();
        }
    }

    private Located<String> located(Token token) {
        return new Located<>(token.text(), position(token));
    }

    private SourcePosition position(Token token) {
        return scanner.position(token.offset());
    }

    private LanguageException error(Token at, String message) {
        return new LanguageException(position(at), message);
    }

    private LanguageException error(SchemaSyntax.ConstraintArgument at, String message) {
        return new LanguageException(scanner.position(at.offset()), message);
    }

    private record Body(List<SchemaDeclarations.Property> properties, List<Located<Constraint>> constraints) {}
}
