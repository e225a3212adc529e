package dev.omnigraph.controlplane.json;

/** A JSON boolean. */
public record JsonBoolean(boolean value) implements JsonValue {}
