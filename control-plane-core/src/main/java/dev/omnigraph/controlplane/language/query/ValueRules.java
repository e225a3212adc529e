package dev.omnigraph.controlplane.language.query;

import dev.omnigraph.controlplane.language.query.Expression.Now;
import dev.omnigraph.controlplane.language.query.Literal.ListLiteral;
import dev.omnigraph.controlplane.language.query.Literal.ScalarLiteral;
import dev.omnigraph.controlplane.language.query.Literal.StringLiteral;
import dev.omnigraph.controlplane.language.schema.PropertyType;
import dev.omnigraph.controlplane.language.schema.ScalarType;
import dev.omnigraph.controlplane.language.schema.ScalarType.Primitive;
import dev.omnigraph.controlplane.language.schema.ScalarType.Vector;
import dev.omnigraph.controlplane.language.schema.SchemaCatalog.Property;
import java.util.List;
import java.util.Optional;

/** Which values fit which types (query-language.md 4, 5.1 and 7). */
final class ValueRules {

    private static final PropertyType DATE_TIME = PropertyType.of(Primitive.DATE_TIME, false);

    private ValueRules() {}

    /** The type of a literal; never nullable. */
    static PropertyType typeOf(Literal literal) throws Refusal {
        return literal instanceof ListLiteral list
                ? typeOfList(list)
                : PropertyType.of(((ScalarLiteral) literal).type(), false);
    }

    private static PropertyType typeOfList(ListLiteral list) throws Refusal {
        ScalarType type = Primitive.STRING;
        for (int i = 0; i < list.elements().size(); i++) {
            Literal element = list.elements().get(i);
            if (i == 0) {
                type = typeOfFirst(element);
            } else if (!(element instanceof ScalarLiteral scalar) || !sameOrNumeric(type, scalar.type())) {
                throw Refusal.of(
                        QueryRule.LIST_LITERAL,
                        element.position(),
                        "all elements of a list must be like its first one, which is " + type.displayName());
            }
        }
        return listOf(type);
    }

    private static ScalarType typeOfFirst(Literal element) throws Refusal {
        if (element instanceof ScalarLiteral scalar) {
            return scalar.type();
        }
        throw Refusal.of(QueryRule.LIST_LITERAL, element.position(), "a list cannot hold another list");
    }

    static PropertyType listOf(ScalarType elements) {
        return new PropertyType(elements, false, true, Optional.empty());
    }

    /** The type of one element of a list property. */
    static PropertyType elementOf(PropertyType list) {
        return new PropertyType(list.scalar(), list.nullable(), false, list.enumValues());
    }

    /** Whether values of the two types can be compared or assigned; nullability and enum values do not matter. */
    static boolean compatible(PropertyType one, PropertyType other) {
        return one.list() == other.list() && sameOrNumeric(one.scalar(), other.scalar());
    }

    private static boolean sameOrNumeric(ScalarType one, ScalarType other) {
        return one.equals(other) || (one.isNumeric() && other.isNumeric());
    }

    /** A literal for a property: the length of a vector, else the type, and the values of an enum. */
    static void requireFits(Literal literal, Property property) throws Refusal {
        PropertyType type = property.type();
        if (type.scalar() instanceof Vector vector && literal instanceof ListLiteral list && list.isVector()) {
            requireLength(list, vector, property);
            return;
        }
        PropertyType given = typeOf(literal);
        if (!compatible(given, type)) {
            throw Refusal.of(
                    QueryRule.LITERAL, literal.position(), doesNotFit(given, property) + howToWrite(literal, type));
        }
        if (literal instanceof StringLiteral text && type.enumValues().isPresent()) {
            requireMember(text, property, type.enumValues().get());
        }
    }

    private static void requireLength(ListLiteral list, Vector vector, Property property) throws Refusal {
        int length = list.elements().size();
        if (length != vector.dimension()) {
            throw Refusal.of(
                    QueryRule.LITERAL,
                    list.position(),
                    "property '" + property.name() + "' is of type "
                            + property.type().displayName() + "; a vector of " + length + " elements does not fit");
        }
    }

    private static void requireMember(StringLiteral text, Property property, List<String> values) throws Refusal {
        if (!values.contains(text.value())) {
            throw Refusal.ofName(
                    QueryRule.LITERAL,
                    text.position(),
                    "property '" + property.name() + "' is one of " + String.join(", ", values) + ", never '"
                            + text.value() + "'",
                    text.value(),
                    values);
        }
    }

    /** The time of the run for a property. */
    static void requireFits(Now now, Property property) throws Refusal {
        if (!compatible(DATE_TIME, property.type())) {
            throw Refusal.of(QueryRule.OPERAND, now.position(), doesNotFit(DATE_TIME, property));
        }
    }

    /** A parameter of the given type for a property. */
    static void requireFits(Variable parameter, PropertyType given, Property property) throws Refusal {
        if (!compatible(given, property.type())) {
            throw Refusal.of(QueryRule.OPERAND, parameter.position(), doesNotFit(given, property));
        }
    }

    private static String doesNotFit(PropertyType given, Property property) {
        return "property '" + property.name() + "' is of type "
                + property.type().displayName() + "; " + given.displayName() + " does not fit";
    }

    /** How to give a value of the wanted type where a text was written instead; else nothing. */
    static String howToWrite(Expression given, PropertyType wanted) {
        if (!(given instanceof StringLiteral) || wanted.list()) {
            return "";
        }
        if (wanted.scalar() == Primitive.DATE) {
            return "; write date(\"…\")";
        }
        if (wanted.scalar() == Primitive.DATE_TIME) {
            return "; write datetime(\"…\")";
        }
        return wanted.isBlob() ? "; pass the address of the blob as a String parameter" : "";
    }

    /** What to say where no element of a list property can be such a value. */
    static String cannotContain(Property property, PropertyType given) {
        return "property '" + property.name() + "' is of type "
                + property.type().displayName() + " and cannot contain " + given.displayName();
    }
}
