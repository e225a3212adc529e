package dev.omnigraph.controlplane.json;

/** The JSON literal {@code null}: a value that is present. An absent member is simply not in its object. */
public enum JsonNull implements JsonValue {
    INSTANCE
}
