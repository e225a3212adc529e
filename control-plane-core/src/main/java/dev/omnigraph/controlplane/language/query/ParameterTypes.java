package dev.omnigraph.controlplane.language.query;

import dev.omnigraph.controlplane.language.query.Parameter.ListOf;
import dev.omnigraph.controlplane.language.query.Parameter.Scalar;
import dev.omnigraph.controlplane.language.query.Parameter.Vector;
import dev.omnigraph.controlplane.language.schema.PropertyType;
import dev.omnigraph.controlplane.language.schema.ScalarType;
import java.math.BigInteger;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Resolves the parameters of a query (query-language.md 4). */
final class ParameterTypes {

    /** The engine passes the time of a run under this name. */
    private static final String TIME_OF_RUN = "__nanograph_now";

    private static final BigInteger MAX_DIMENSION = BigInteger.valueOf(Integer.MAX_VALUE);

    private ParameterTypes() {}

    /** The types by name, in the order of the text; the last declaration of a name counts. */
    static Map<String, PropertyType> resolve(List<Parameter> parameters) throws Refusal {
        Map<String, PropertyType> types = new LinkedHashMap<>();
        for (Parameter parameter : parameters) {
            if (parameter.name().equals(TIME_OF_RUN)) {
                throw Refusal.of(
                        QueryRule.PARAMETER,
                        parameter.position(),
                        "'$" + TIME_OF_RUN + "' is reserved for the time of the run; name the parameter otherwise");
            }
            types.put(parameter.name(), resolve(parameter));
        }
        return types;
    }

    private static PropertyType resolve(Parameter parameter) throws Refusal {
        if (parameter.type() instanceof Scalar scalar) {
            return PropertyType.of(scalar.type(), parameter.nullable());
        }
        if (parameter.type() instanceof ListOf list) {
            return new PropertyType(list.elements(), parameter.nullable(), true, Optional.empty());
        }
        return PropertyType.of(vector(parameter, (Vector) parameter.type()), parameter.nullable());
    }

    private static ScalarType vector(Parameter parameter, Vector type) throws Refusal {
        String digits = type.dimension().replaceFirst("^0+", "");
        boolean usable = !digits.isEmpty()
                && digits.length() <= MAX_DIMENSION.toString().length()
                && new BigInteger(digits).compareTo(MAX_DIMENSION) <= 0;
        if (!usable) {
            throw Refusal.of(
                    QueryRule.PARAMETER,
                    parameter.position(),
                    "parameter '$" + parameter.name() + "' cannot be a " + type.text() + "; a vector has 1 to "
                            + MAX_DIMENSION + " dimensions");
        }
        return new ScalarType.Vector(Integer.parseInt(digits));
    }
}
