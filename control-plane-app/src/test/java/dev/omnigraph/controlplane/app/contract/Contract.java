package dev.omnigraph.controlplane.app.contract;

import dev.omnigraph.controlplane.json.JsonArray;
import dev.omnigraph.controlplane.json.JsonObject;
import dev.omnigraph.controlplane.json.JsonString;
import dev.omnigraph.controlplane.json.JsonValue;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** An OpenAPI document, as far as two of them are compared: references are followed. */
record Contract(JsonObject root) {

    /** A loop of references is longer than this. */
    private static final int MAX_REFERENCES = 16;

    String version() {
        return text(object(root, "info").orElseThrow(), "version").orElseThrow();
    }

    /** Operations by {@code METHOD path}. What a path calls its variables says nothing to a client. */
    Map<String, JsonObject> operations() {
        Map<String, JsonObject> operations = new LinkedHashMap<>();
        members(root, "paths")
                .forEach((path, methods) -> ((JsonObject) methods)
                        .members()
                        .forEach((method, operation) -> operations.put(
                                method.toUpperCase(Locale.ROOT) + " " + path.replaceAll("\\{[^}]*}", "{}"),
                                (JsonObject) operation)));
        return operations;
    }

    /** What stands there, or what it refers to. */
    JsonObject resolve(JsonObject value) {
        JsonObject resolved = value;
        for (int followed = 0; resolved.get("$ref").isPresent(); followed++) {
            if (followed == MAX_REFERENCES) {
                throw new IllegalStateException("references go round: " + value);
            }
            resolved = target(text(resolved, "$ref").orElseThrow());
        }
        return resolved;
    }

    private JsonObject target(String reference) {
        JsonObject target = root;
        for (String name : reference.substring("#/".length()).split("/", -1)) {
            target =
                    object(target, name).orElseThrow(() -> new IllegalStateException("nothing stands at " + reference));
        }
        return target;
    }

    static Optional<JsonObject> object(JsonObject parent, String name) {
        return parent.get(name).filter(JsonObject.class::isInstance).map(JsonObject.class::cast);
    }

    static Map<String, JsonValue> members(JsonObject parent, String name) {
        return object(parent, name).map(JsonObject::members).orElse(Map.of());
    }

    static List<JsonValue> elements(JsonObject parent, String name) {
        return parent.get(name)
                .filter(JsonArray.class::isInstance)
                .map(value -> ((JsonArray) value).elements())
                .orElse(List.of());
    }

    static Optional<String> text(JsonObject parent, String name) {
        return parent.get(name).filter(JsonString.class::isInstance).map(value -> ((JsonString) value).value());
    }
}
