package dev.omnigraph.controlplane.json;

/**
 * A JSON value. Immutable. Objects keep the order in which their members were written, because stored documents are
 * compared byte for byte.
 */
public sealed interface JsonValue permits JsonObject, JsonArray, JsonString, JsonNumber, JsonBoolean, JsonNull {}
