package dev.omnigraph.controlplane.language.schema;

import java.util.List;
import java.util.Optional;

/**
 * The type of a property (schema-language.md 3). Two properties have the same type exactly when these are equal.
 *
 * @param scalar of the value, or of the elements of a list
 * @param nullable whether the property may be left out
 * @param list whether the value is a list of scalars
 * @param enumValues the only strings allowed, sorted and distinct; empty for everything but an enum
 */
public record PropertyType(ScalarType scalar, boolean nullable, boolean list, Optional<List<String>> enumValues) {

    public PropertyType {
        enumValues = enumValues.map(List::copyOf);
    }

    /** A type that is neither a list nor an enum. */
    public static PropertyType of(ScalarType scalar, boolean nullable) {
        return new PropertyType(scalar, nullable, false, Optional.empty());
    }

    public boolean isString() {
        return scalar == ScalarType.Primitive.STRING;
    }

    public boolean isBlob() {
        return scalar == ScalarType.Primitive.BLOB;
    }

    public boolean isVector() {
        return scalar instanceof ScalarType.Vector;
    }

    /** The spelling in a schema, enum values sorted: {@code enum(a, b)?}, {@code [String]}, {@code Vector(4)}. */
    public String displayName() {
        String name = enumValues
                .map(values -> "enum(" + String.join(", ", values) + ")")
                .orElseGet(scalar::displayName);
        return (list ? "[" + name + "]" : name) + (nullable ? "?" : "");
    }
}
