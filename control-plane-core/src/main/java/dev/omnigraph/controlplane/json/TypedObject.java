package dev.omnigraph.controlplane.json;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;

/**
 * Reads a JSON object whose keys are fixed by a format: repeated keys are refused, unknown ones too unless the format is
 * open, each value must have its type. A key that is absent and one that is {@code null} are the same for optional values and an error for required
 * ones; values with a default must not be {@code null}. Not thread-safe.
 */
public final class TypedObject {

    private static final BigInteger U64_MAX =
            BigInteger.ONE.shiftLeft(Long.SIZE).subtract(BigInteger.ONE);

    private final String path;
    private final JsonObject object;

    private TypedObject(String path, JsonObject object) {
        this.path = path;
        this.object = object;
    }

    /**
     * The object at a place of a document.
     *
     * @param path where in the document, for messages; empty for the document itself
     * @param knownKeys every key that the format has here
     * @throws JsonShapeException when the value is no object, or has unknown or repeated keys
     */
    public static TypedObject of(JsonValue value, String path, Set<String> knownKeys) throws JsonShapeException {
        TypedObject typed = open(value, path, knownKeys);
        for (String key : typed.object.members().keySet()) {
            if (!knownKeys.contains(key)) {
                throw new JsonShapeException(
                        path, "unknown field `" + key + "`; known are " + String.join(", ", knownKeys));
            }
        }
        return typed;
    }

    /**
     * The object at a place of a document whose format is open: keys that this reader does not know are passed over.
     *
     * @throws JsonShapeException when the value is no object, or repeats a known key
     */
    public static TypedObject open(JsonValue value, String path, Set<String> knownKeys) throws JsonShapeException {
        if (!(value instanceof JsonObject object)) {
            throw new JsonShapeException(path, "expected an object, found " + describe(value));
        }
        for (String key : object.repeatedNames()) {
            if (knownKeys.contains(key)) {
                throw new JsonShapeException(path, "the key `" + key + "` stands there twice");
            }
        }
        return new TypedObject(path, object);
    }

    /** Whether the key is there with a value other than {@code null}. */
    public boolean has(String key) {
        return find(key).isPresent();
    }

    public String requireString(String key) throws JsonShapeException {
        return optionalString(key).orElseThrow(() -> missing(key));
    }

    public Optional<String> optionalString(String key) throws JsonShapeException {
        Optional<JsonValue> value = find(key);
        return value.isEmpty() ? Optional.empty() : Optional.of(asString(value.get(), child(key)));
    }

    /** An unsigned 64-bit integer; read it with the unsigned methods of {@link Long}. */
    public long requireUnsigned(String key) throws JsonShapeException {
        return optionalUnsigned(key).orElseThrow(() -> missing(key));
    }

    /** An unsigned 64-bit integer, if there; read it with the unsigned methods of {@link Long}. */
    public OptionalLong optionalUnsigned(String key) throws JsonShapeException {
        Optional<JsonValue> value = find(key);
        if (value.isEmpty()) {
            return OptionalLong.empty();
        }
        if (value.get() instanceof JsonNumber number && isPlainInteger(number.text())) {
            BigInteger integer = new BigInteger(number.text());
            if (integer.signum() >= 0 && integer.compareTo(U64_MAX) <= 0) {
                return OptionalLong.of(integer.longValue());
            }
        }
        throw new JsonShapeException(child(key), "expected a whole number from 0 to 2^64-1");
    }

    public Optional<Boolean> optionalBoolean(String key) throws JsonShapeException {
        Optional<JsonValue> value = find(key);
        if (value.isEmpty()) {
            return Optional.empty();
        }
        if (value.get() instanceof JsonBoolean bool) {
            return Optional.of(bool.value());
        }
        throw new JsonShapeException(child(key), "expected true or false, found " + describe(value.get()));
    }

    public Optional<List<String>> optionalStrings(String key) throws JsonShapeException {
        Optional<JsonArray> array = optionalArray(key);
        if (array.isEmpty()) {
            return Optional.empty();
        }
        List<String> strings = new ArrayList<>();
        for (JsonValue element : array.get().elements()) {
            strings.add(asString(element, child(key) + "[" + strings.size() + "]"));
        }
        return Optional.of(List.copyOf(strings));
    }

    /** A list of objects that each have these keys; empty where it is absent. */
    public List<TypedObject> objectsOrNone(String key, Set<String> knownKeys) throws JsonShapeException {
        List<TypedObject> objects = new ArrayList<>();
        Optional<JsonArray> array = optionalArray(key);
        if (array.isPresent()) {
            for (JsonValue element : array.get().elements()) {
                objects.add(of(element, child(key) + "[" + objects.size() + "]", knownKeys));
            }
        }
        return List.copyOf(objects);
    }

    private Optional<JsonArray> optionalArray(String key) throws JsonShapeException {
        Optional<JsonValue> value = find(key);
        if (value.isEmpty()) {
            return Optional.empty();
        }
        if (value.get() instanceof JsonArray array) {
            return Optional.of(array);
        }
        throw new JsonShapeException(child(key), "expected a list, found " + describe(value.get()));
    }

    public JsonValue require(String key) throws JsonShapeException {
        return find(key).orElseThrow(() -> missing(key));
    }

    public Optional<JsonValue> optional(String key) {
        return find(key);
    }

    /** An unsigned 64-bit integer that is 0 when the key is absent; {@code null} is refused. */
    public long unsignedOrZero(String key) throws JsonShapeException {
        refuseNull(key);
        return optionalUnsigned(key).orElse(0);
    }

    /** Strings that are none when the key is absent; {@code null} is refused. */
    public List<String> stringsOrNone(String key) throws JsonShapeException {
        refuseNull(key);
        return optionalStrings(key).orElse(List.of());
    }

    /** An object with free keys, in written order, empty when the key is absent; {@code null} is refused. */
    public Map<String, JsonValue> mapOrEmpty(String key) throws JsonShapeException {
        refuseNull(key);
        Optional<JsonValue> value = find(key);
        if (value.isEmpty()) {
            return Map.of();
        }
        if (value.get() instanceof JsonObject map) {
            return new LinkedHashMap<>(map.members());
        }
        throw new JsonShapeException(child(key), "expected an object, found " + describe(value.get()));
    }

    /** The place of a key, for messages. */
    public String child(String key) {
        return path.isEmpty() ? key : path + "." + key;
    }

    private Optional<JsonValue> find(String key) {
        return object.get(key).filter(value -> value != JsonNull.INSTANCE);
    }

    private JsonShapeException missing(String key) {
        return new JsonShapeException(child(key), "is required");
    }

    private void refuseNull(String key) throws JsonShapeException {
        if (object.get(key).filter(value -> value == JsonNull.INSTANCE).isPresent()) {
            throw new JsonShapeException(child(key), "must not be null; leave the key out instead");
        }
    }

    private static boolean isPlainInteger(String text) {
        return text.chars().allMatch(c -> c >= '0' && c <= '9');
    }

    private static String asString(JsonValue value, String path) throws JsonShapeException {
        if (value instanceof JsonString string) {
            return string.value();
        }
        throw new JsonShapeException(path, "expected a string, found " + describe(value));
    }

    private static String describe(JsonValue value) {
        if (value instanceof JsonObject) {
            return "an object";
        }
        if (value instanceof JsonArray) {
            return "a list";
        }
        // Not what it says: a text in the wrong place may be a secret.
        return value instanceof JsonString ? "a string" : JsonText.compact(value);
    }
}
