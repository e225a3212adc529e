package dev.omnigraph.controlplane.language.schema;

import dev.omnigraph.controlplane.json.JsonArray;
import dev.omnigraph.controlplane.json.JsonNumber;
import dev.omnigraph.controlplane.json.JsonObject;
import dev.omnigraph.controlplane.json.JsonReader;
import dev.omnigraph.controlplane.json.JsonShapeException;
import dev.omnigraph.controlplane.json.JsonString;
import dev.omnigraph.controlplane.json.JsonSyntaxException;
import dev.omnigraph.controlplane.json.JsonValue;
import dev.omnigraph.controlplane.json.TypedObject;
import dev.omnigraph.controlplane.language.LanguageException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;

/** Reads the canonical form back from its JSON (schema-language.md 7.1): types are strict, unknown keys passed over. */
final class IrReader {

    private static final long UNSIGNED_32_BIT_MAX = 0xffff_ffffL;

    private IrReader() {}

    static SchemaIr read(String json) throws LanguageException {
        try {
            return ir(JsonReader.read(json));
        } catch (JsonSyntaxException | JsonShapeException e) {
            throw new LanguageException("the stored schema cannot be read: " + e.getMessage());
        }
    }

    private static SchemaIr ir(JsonValue value) throws JsonShapeException {
        TypedObject object = TypedObject.open(value, "", Set.of("ir_version", "interfaces", "nodes", "edges"));
        long version = unsigned32(object, "ir_version");
        if (version != SchemaIr.VERSION) {
            throw new JsonShapeException(
                    "ir_version", "is " + version + "; this service reads version " + SchemaIr.VERSION);
        }
        return new SchemaIr(
                list(object, "interfaces", IrReader::interfaceType),
                list(object, "nodes", IrReader::nodeType),
                list(object, "edges", IrReader::edgeType));
    }

    private static SchemaIr.Interface interfaceType(JsonValue value, String path) throws JsonShapeException {
        TypedObject object = TypedObject.open(value, path, Set.of("name", "type_id", "properties"));
        return new SchemaIr.Interface(
                object.requireString("name"),
                unsigned32(object, "type_id"),
                list(object, "properties", IrReader::property));
    }

    private static SchemaIr.Node nodeType(JsonValue value, String path) throws JsonShapeException {
        TypedObject object = TypedObject.open(
                value, path, Set.of("name", "type_id", "annotations", "implements", "properties", "constraints"));
        return new SchemaIr.Node(
                object.requireString("name"),
                unsigned32(object, "type_id"),
                list(object, "annotations", IrReader::annotation),
                list(object, "implements", IrReader::string),
                list(object, "properties", IrReader::property),
                list(object, "constraints", IrReader::constraint));
    }

    private static SchemaIr.Edge edgeType(JsonValue value, String path) throws JsonShapeException {
        TypedObject object = TypedObject.open(
                value,
                path,
                Set.of(
                        "name",
                        "type_id",
                        "from_type",
                        "to_type",
                        "cardinality",
                        "annotations",
                        "properties",
                        "constraints"));
        return new SchemaIr.Edge(
                object.requireString("name"),
                unsigned32(object, "type_id"),
                object.requireString("from_type"),
                object.requireString("to_type"),
                cardinality(object.require("cardinality"), object.child("cardinality")),
                list(object, "annotations", IrReader::annotation),
                list(object, "properties", IrReader::property),
                list(object, "constraints", IrReader::constraint));
    }

    private static SchemaIr.Property property(JsonValue value, String path) throws JsonShapeException {
        TypedObject object = TypedObject.open(value, path, Set.of("name", "prop_id", "prop_type", "annotations"));
        return new SchemaIr.Property(
                object.requireString("name"),
                unsigned32(object, "prop_id"),
                propertyType(object.require("prop_type"), object.child("prop_type")),
                list(object, "annotations", IrReader::annotation));
    }

    private static PropertyType propertyType(JsonValue value, String path) throws JsonShapeException {
        TypedObject object = TypedObject.open(value, path, Set.of("scalar", "nullable", "list", "enum_values"));
        return new PropertyType(
                scalar(object.require("scalar"), object.child("scalar")),
                requireBoolean(object, "nullable"),
                requireBoolean(object, "list"),
                object.optionalStrings("enum_values"));
    }

    private static ScalarType scalar(JsonValue value, String path) throws JsonShapeException {
        if (value instanceof JsonString word) {
            for (ScalarType.Primitive scalar : ScalarType.Primitive.values()) {
                if (scalar.displayName().equals(word.value())) {
                    return scalar;
                }
            }
            throw new JsonShapeException(path, "no scalar type is called " + word.value());
        }
        TypedObject object = TypedObject.open(value, path, Set.of("Vector"));
        long dimension = unsigned32(object, "Vector");
        if (dimension < 1 || dimension > Integer.MAX_VALUE) {
            throw new JsonShapeException(path, "a vector has from 1 to " + Integer.MAX_VALUE + " dimensions");
        }
        return new ScalarType.Vector((int) dimension);
    }

    private static Cardinality cardinality(JsonValue value, String path) throws JsonShapeException {
        TypedObject object = TypedObject.open(value, path, Set.of("min", "max"));
        return new Cardinality(
                unsigned32(object, "min"),
                object.has("max") ? OptionalLong.of(unsigned32(object, "max")) : OptionalLong.empty());
    }

    private static Annotation annotation(JsonValue value, String path) throws JsonShapeException {
        TypedObject object = TypedObject.open(value, path, Set.of("name", "value", "kwargs"));
        Map<String, String> arguments = new LinkedHashMap<>();
        for (Map.Entry<String, JsonValue> argument : object.mapOrEmpty("kwargs").entrySet()) {
            arguments.put(argument.getKey(), string(argument.getValue(), object.child("kwargs")));
        }
        return new Annotation(object.requireString("name"), object.optionalString("value"), arguments);
    }

    private static Constraint constraint(JsonValue value, String path) throws JsonShapeException {
        Map.Entry<String, JsonValue> variant = onlyMember(value, path);
        String inside = path + "." + variant.getKey();
        return switch (variant.getKey()) {
            case "Key" -> new Constraint.Key(strings(variant.getValue(), inside));
            case "Unique" -> new Constraint.Unique(strings(variant.getValue(), inside));
            case "Index" -> new Constraint.Index(strings(variant.getValue(), inside));
            case "Range" -> range(variant.getValue(), inside);
            case "Check" -> check(variant.getValue(), inside);
            default -> throw new JsonShapeException(path, "no constraint is called " + variant.getKey());
        };
    }

    private static Constraint.Range range(JsonValue value, String path) throws JsonShapeException {
        TypedObject object = TypedObject.open(value, path, Set.of("property", "min", "max"));
        return new Constraint.Range(object.requireString("property"), bound(object, "min"), bound(object, "max"));
    }

    private static Constraint.Check check(JsonValue value, String path) throws JsonShapeException {
        TypedObject object = TypedObject.open(value, path, Set.of("property", "pattern"));
        return new Constraint.Check(object.requireString("property"), object.requireString("pattern"));
    }

    private static Optional<Bound> bound(TypedObject range, String key) throws JsonShapeException {
        Optional<JsonValue> value = range.optional(key);
        return value.isEmpty() ? Optional.empty() : Optional.of(bound(value.get(), range.child(key)));
    }

    private static Bound bound(JsonValue value, String path) throws JsonShapeException {
        Map.Entry<String, JsonValue> variant = onlyMember(value, path);
        if (!(variant.getValue() instanceof JsonNumber number)) {
            throw new JsonShapeException(path, "expected a number");
        }
        try {
            if (variant.getKey().equals("Integer")) {
                return new Bound.OfInteger(Long.parseLong(number.text()));
            }
            double real = Double.parseDouble(number.text());
            if (variant.getKey().equals("Float") && Double.isFinite(real)) {
                return new Bound.OfFloat(real);
            }
        } catch (NumberFormatException beyondLong) {
            throw new JsonShapeException(path, "expected a whole number of 64 bits, found " + number.text());
        }
        throw new JsonShapeException(path, "expected {\"Integer\": n} or {\"Float\": x} with a finite number");
    }

    private static Map.Entry<String, JsonValue> onlyMember(JsonValue value, String path) throws JsonShapeException {
        if (value instanceof JsonObject object
                && object.members().size() == 1
                && object.repeatedNames().isEmpty()) {
            return object.members().entrySet().iterator().next();
        }
        throw new JsonShapeException(path, "expected an object with exactly one key");
    }

    private static boolean requireBoolean(TypedObject object, String key) throws JsonShapeException {
        return object.optionalBoolean(key).orElseThrow(() -> new JsonShapeException(object.child(key), "is required"));
    }

    private static long unsigned32(TypedObject object, String key) throws JsonShapeException {
        long value = object.requireUnsigned(key);
        if (Long.compareUnsigned(value, UNSIGNED_32_BIT_MAX) > 0) {
            throw new JsonShapeException(object.child(key), "expected a whole number up to " + UNSIGNED_32_BIT_MAX);
        }
        return value;
    }

    private static List<String> strings(JsonValue value, String path) throws JsonShapeException {
        return elements(value, path, IrReader::string);
    }

    private static String string(JsonValue value, String path) throws JsonShapeException {
        if (value instanceof JsonString string) {
            return string.value();
        }
        throw new JsonShapeException(path, "expected a string");
    }

    private static <T> List<T> list(TypedObject object, String key, ElementReader<T> element)
            throws JsonShapeException {
        return elements(object.require(key), object.child(key), element);
    }

    private static <T> List<T> elements(JsonValue value, String path, ElementReader<T> element)
            throws JsonShapeException {
        if (!(value instanceof JsonArray array)) {
            throw new JsonShapeException(path, "expected a list");
        }
        List<T> elements = new ArrayList<>();
        for (JsonValue each : array.elements()) {
            elements.add(element.read(each, path + "[" + elements.size() + "]"));
        }
        return elements;
    }

    /** Reads one element of a list. */
    @FunctionalInterface
    private interface ElementReader<T> {
        T read(JsonValue value, String path) throws JsonShapeException;
    }
}
