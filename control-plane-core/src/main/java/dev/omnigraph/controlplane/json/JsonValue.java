package dev.omnigraph.controlplane.json;

import java.util.Optional;

/**
 * A JSON value. Immutable. Objects keep the order in which their members were written, because stored documents are
 * compared byte for byte.
 */
public sealed interface JsonValue permits JsonObject, JsonArray, JsonString, JsonNumber, JsonBoolean, JsonNull {

    /** What is not there is null. */
    static JsonValue orNull(Optional<? extends JsonValue> value) {
        return value.isPresent() ? value.get() : JsonNull.INSTANCE;
    }
}
