package dev.omnigraph.controlplane.json;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A JSON object with its members in written order.
 *
 * <p>A name that a document repeats keeps its first place and its last value; {@link #repeatedNames()} tells which names
 * those were, so that a reader of a typed document can refuse them (control-plane.md 4.1).
 */
public final class JsonObject implements JsonValue {

    private static final JsonObject EMPTY = new JsonObject(Map.of(), List.of());

    private final Map<String, JsonValue> members;
    private final List<String> repeatedNames;

    private JsonObject(Map<String, JsonValue> members, List<String> repeatedNames) {
        this.members = members;
        this.repeatedNames = repeatedNames;
    }

    public static JsonObject empty() {
        return EMPTY;
    }

    /** An object whose members stand in the iteration order of the map. */
    public static JsonObject copyOf(Map<String, ? extends JsonValue> members) {
        return new JsonObject(Collections.unmodifiableMap(new LinkedHashMap<>(members)), List.of());
    }

    public static Builder builder() {
        return new Builder();
    }

    /** The members in written order. */
    public Map<String, JsonValue> members() {
        return members;
    }

    public Optional<JsonValue> get(String name) {
        return Optional.ofNullable(members.get(name));
    }

    /** Names that the document this object was read from holds more than once; empty for objects that were built. */
    public List<String> repeatedNames() {
        return repeatedNames;
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof JsonObject that
                && members.equals(that.members)
                && repeatedNames.equals(that.repeatedNames);
    }

    @Override
    public int hashCode() {
        return members.hashCode();
    }

    @Override
    public String toString() {
        return JsonText.compact(this);
    }

    /** Collects members in the order in which they are to be written. Not thread-safe. */
    public static final class Builder {
        private final Map<String, JsonValue> members = new LinkedHashMap<>();
        private final List<String> repeatedNames = new ArrayList<>();

        private Builder() {}

        public Builder put(String name, JsonValue value) {
            if (members.put(name, value) != null) {
                repeatedNames.add(name);
            }
            return this;
        }

        public Builder put(String name, String value) {
            return put(name, new JsonString(value));
        }

        public Builder put(String name, long value) {
            return put(name, JsonNumber.of(value));
        }

        public Builder put(String name, boolean value) {
            return put(name, new JsonBoolean(value));
        }

        /** Writes {@code null} where the value is empty. */
        public Builder putOrNull(String name, Optional<String> value) {
            return put(name, value.<JsonValue>map(JsonString::new).orElse(JsonNull.INSTANCE));
        }

        /** Leaves the member out where the value is empty. */
        public Builder putIfPresent(String name, Optional<String> value) {
            value.ifPresent(text -> put(name, text));
            return this;
        }

        public JsonObject build() {
            return new JsonObject(
                    Collections.unmodifiableMap(new LinkedHashMap<>(members)), List.copyOf(repeatedNames));
        }
    }
}
