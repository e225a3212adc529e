package dev.omnigraph.controlplane.language.schema;

import dev.omnigraph.controlplane.json.JsonArray;
import dev.omnigraph.controlplane.json.JsonNull;
import dev.omnigraph.controlplane.json.JsonNumber;
import dev.omnigraph.controlplane.json.JsonObject;
import dev.omnigraph.controlplane.json.JsonString;
import dev.omnigraph.controlplane.json.JsonValue;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/**
 * The JSON of schemas and their parts, keys in normative order (schema-language.md 7.1). A migration plan embeds the
 * same parts (schema-language.md 8.1).
 */
public final class SchemaJson {

    private SchemaJson() {}

    static JsonObject of(SchemaIr ir) {
        return JsonObject.builder()
                .put("ir_version", SchemaIr.VERSION)
                .put("interfaces", array(ir.interfaces(), SchemaJson::of))
                .put("nodes", array(ir.nodes(), SchemaJson::of))
                .put("edges", array(ir.edges(), SchemaJson::of))
                .build();
    }

    public static JsonObject of(PropertyType type) {
        return JsonObject.builder()
                .put("scalar", of(type.scalar()))
                .put("nullable", type.nullable())
                .put("list", type.list())
                .put("enum_values", JsonValue.orNull(type.enumValues().map(JsonArray::ofStrings)))
                .build();
    }

    public static JsonArray of(List<Annotation> annotations) {
        return array(annotations, SchemaJson::of);
    }

    public static JsonObject of(Constraint constraint) {
        JsonObject.Builder json = JsonObject.builder();
        if (constraint instanceof Constraint.Key key) {
            json.put("Key", JsonArray.ofStrings(key.columns()));
        } else if (constraint instanceof Constraint.Unique unique) {
            json.put("Unique", JsonArray.ofStrings(unique.columns()));
        } else if (constraint instanceof Constraint.Index index) {
            json.put("Index", JsonArray.ofStrings(index.columns()));
        } else if (constraint instanceof Constraint.Range range) {
            json.put(
                    "Range",
                    JsonObject.builder()
                            .put("property", range.property())
                            .put("min", ofBound(range.min()))
                            .put("max", ofBound(range.max()))
                            .build());
        } else if (constraint instanceof Constraint.Check check) {
            json.put(
                    "Check",
                    JsonObject.builder()
                            .put("property", check.property())
                            .put("pattern", check.pattern())
                            .build());
        }
        return json.build();
    }

    private static JsonObject of(SchemaIr.Interface type) {
        return JsonObject.builder()
                .put("name", type.name())
                .put("type_id", type.typeId())
                .put("properties", array(type.properties(), SchemaJson::of))
                .build();
    }

    private static JsonObject of(SchemaIr.Node node) {
        return JsonObject.builder()
                .put("name", node.name())
                .put("type_id", node.typeId())
                .put("annotations", of(node.annotations()))
                .put("implements", JsonArray.ofStrings(node.interfaces()))
                .put("properties", array(node.properties(), SchemaJson::of))
                .put("constraints", array(node.constraints(), SchemaJson::of))
                .build();
    }

    private static JsonObject of(SchemaIr.Edge edge) {
        return JsonObject.builder()
                .put("name", edge.name())
                .put("type_id", edge.typeId())
                .put("from_type", edge.fromType())
                .put("to_type", edge.toType())
                .put("cardinality", of(edge.cardinality()))
                .put("annotations", of(edge.annotations()))
                .put("properties", array(edge.properties(), SchemaJson::of))
                .put("constraints", array(edge.constraints(), SchemaJson::of))
                .build();
    }

    private static JsonObject of(SchemaIr.Property property) {
        return JsonObject.builder()
                .put("name", property.name())
                .put("prop_id", property.propertyId())
                .put("prop_type", of(property.type()))
                .put("annotations", of(property.annotations()))
                .build();
    }

    private static JsonObject of(Cardinality cardinality) {
        JsonValue max =
                cardinality.max().isPresent() ? JsonNumber.of(cardinality.max().getAsLong()) : JsonNull.INSTANCE;
        return JsonObject.builder()
                .put("min", cardinality.min())
                .put("max", max)
                .build();
    }

    private static JsonObject of(Annotation annotation) {
        JsonObject.Builder json =
                JsonObject.builder().put("name", annotation.name()).putOrNull("value", annotation.value());
        if (!annotation.arguments().isEmpty()) {
            JsonObject.Builder arguments = JsonObject.builder();
            annotation.arguments().forEach(arguments::put);
            json.put("kwargs", arguments.build());
        }
        return json.build();
    }

    private static JsonValue of(ScalarType scalar) {
        return scalar instanceof ScalarType.Vector vector
                ? JsonObject.builder().put("Vector", vector.dimension()).build()
                : new JsonString(scalar.displayName());
    }

    private static JsonValue ofBound(Optional<Bound> bound) {
        return JsonValue.orNull(bound.map(SchemaJson::of));
    }

    private static JsonObject of(Bound bound) {
        if (bound instanceof Bound.OfInteger integer) {
            return JsonObject.builder().put("Integer", integer.value()).build();
        }
        double value = ((Bound.OfFloat) bound).value();
        return JsonObject.builder()
                .put("Float", Double.isInfinite(value) ? JsonNull.INSTANCE : JsonNumber.of(value))
                .build();
    }

    private static <T> JsonArray array(List<? extends T> values, Function<T, JsonObject> json) {
        return JsonArray.of(values.stream().map(json).toList());
    }
}
