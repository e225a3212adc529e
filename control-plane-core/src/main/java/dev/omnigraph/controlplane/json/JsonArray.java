package dev.omnigraph.controlplane.json;

import java.util.Collection;
import java.util.List;

/** A JSON array. */
public record JsonArray(List<JsonValue> elements) implements JsonValue {

    public JsonArray {
        elements = List.copyOf(elements);
    }

    public static JsonArray of(Collection<? extends JsonValue> elements) {
        return new JsonArray(List.copyOf(elements));
    }

    /** An array of strings, in the given order. */
    public static JsonArray ofStrings(Collection<String> values) {
        return new JsonArray(values.stream().<JsonValue>map(JsonString::new).toList());
    }
}
