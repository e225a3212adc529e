package dev.omnigraph.controlplane.language.yaml;

import dev.omnigraph.controlplane.language.LanguageException;
import dev.omnigraph.controlplane.language.SourcePosition;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Reads a map whose keys are fixed by a format (control-plane.md 2.3). A repeated key is refused, each value must have
 * its type; nothing after the colon is an empty map or list, and an absent optional value. Fields that take text take
 * the text of any scalar. Every message names the place by line, column and path. Not thread-safe.
 */
public final class YamlRecord {

    private final String path;
    private final SourcePosition position;
    private final Map<String, YamlNode> fields;
    private final List<UnknownKey> unknownKeys;

    private YamlRecord(
            String path, SourcePosition position, Map<String, YamlNode> fields, List<UnknownKey> unknownKeys) {
        this.path = path;
        this.position = position;
        this.fields = fields;
        this.unknownKeys = unknownKeys;
    }

    /** A key that the format does not have. */
    public record UnknownKey(String key, SourcePosition position) {}

    /** An entry of a map with free keys. */
    public record NamedNode(String name, YamlNode node) {}

    /**
     * The record at a place of a document; keys that its shape does not have are kept apart.
     *
     * @param path where in the document, for messages; empty for the document itself
     * @throws LanguageException when the node is no map, or has a repeated key or one that is no text
     */
    public static YamlRecord read(YamlNode node, String path, YamlShape shape) throws LanguageException {
        Map<String, YamlNode> fields = new HashMap<>();
        List<UnknownKey> unknownKeys = new ArrayList<>();
        for (YamlMapping.Entry entry : entriesOf(node, path)) {
            String written = textOf(entry.key(), path);
            Optional<String> field = shape.fieldOf(written);
            if (field.isEmpty()) {
                unknownKeys.add(new UnknownKey(written, entry.key().position()));
            } else if (fields.put(field.get(), entry.value()) != null) {
                throw refusal(entry.key().position(), path, "the key `" + written + "` stands there twice");
            }
        }
        return new YamlRecord(path, node.position(), fields, unknownKeys);
    }

    /**
     * The record at a place of a document, which may have no other keys than its shape.
     *
     * @throws LanguageException as {@link #read}, and for an unknown key, with the keys that are known
     */
    public static YamlRecord readStrictly(YamlNode node, String path, YamlShape shape) throws LanguageException {
        YamlRecord yamlRecord = read(node, path, shape);
        if (!yamlRecord.unknownKeys.isEmpty()) {
            UnknownKey unknown = yamlRecord.unknownKeys.get(0);
            throw refusal(
                    unknown.position(), path, "unknown field `" + unknown.key() + "`; known are " + shape.describe());
        }
        return yamlRecord;
    }

    /** The keys that the shape does not have, in written order. */
    public List<UnknownKey> unknownKeys() {
        return List.copyOf(unknownKeys);
    }

    public boolean has(String key) {
        return fields.containsKey(key);
    }

    /** The path of a key, for messages. */
    public String child(String key) {
        return child(path, key);
    }

    public YamlNode require(String key) throws LanguageException {
        YamlNode value = fields.get(key);
        if (value == null) {
            throw refusal(position, path, "the field `" + key + "` is missing");
        }
        return value;
    }

    public Optional<YamlNode> optional(String key) {
        return Optional.ofNullable(fields.get(key));
    }

    public String requireText(String key) throws LanguageException {
        return textOf(require(key), child(key));
    }

    /** The text of a scalar, unless it is null in one of its spellings. */
    public Optional<String> optionalText(String key) throws LanguageException {
        Optional<YamlNode> value = optionalValue(key);
        return value.isEmpty() ? Optional.empty() : Optional.of(textOf(value.get(), child(key)));
    }

    public Optional<Boolean> optionalBoolean(String key) throws LanguageException {
        Optional<YamlNode> value = optionalValue(key);
        if (value.isEmpty()) {
            return Optional.empty();
        }
        Optional<Boolean> bool =
                value.get() instanceof YamlScalar scalar ? scalar.asBoolean() : Optional.<Boolean>empty();
        if (bool.isEmpty()) {
            throw unexpected(value.get(), child(key), "true or false");
        }
        return bool;
    }

    /** A whole number from 0 to 2^32-1. */
    public long requireUnsigned32(String key) throws LanguageException {
        YamlNode value = require(key);
        Optional<BigInteger> number =
                value instanceof YamlScalar scalar ? scalar.asUnsigned() : Optional.<BigInteger>empty();
        if (number.isEmpty() || number.get().bitLength() > Integer.SIZE) {
            throw unexpected(value, child(key), "a whole number from 0 to 2^32-1");
        }
        return number.get().longValue();
    }

    /** The texts of a list that must be there; nothing after the colon is an empty one. */
    public List<String> requireTexts(String key) throws LanguageException {
        return textsOf(require(key), child(key));
    }

    /** The entries of a map with free keys, in written order; a key that repeats is there each time. Absent is empty. */
    public List<NamedNode> optionalEntries(String key) throws LanguageException {
        List<NamedNode> named = new ArrayList<>();
        YamlNode value = fields.get(key);
        if (value != null) {
            for (YamlMapping.Entry entry : entriesOf(value, child(key))) {
                named.add(new NamedNode(textOf(entry.key(), child(key)), entry.value()));
            }
        }
        return named;
    }

    /** The text of a scalar, whatever it looks like. */
    public static String textOf(YamlNode node, String path) throws LanguageException {
        if (node instanceof YamlScalar scalar) {
            return scalar.text();
        }
        throw unexpected(node, path, "text");
    }

    /** The texts of a list; nothing at all is an empty list. */
    public static List<String> textsOf(YamlNode node, String path) throws LanguageException {
        if (node instanceof YamlScalar scalar && scalar.isEmptyPlain()) {
            return List.of();
        }
        if (!(node instanceof YamlSequence sequence)) {
            throw unexpected(node, path, "a list");
        }
        List<String> texts = new ArrayList<>();
        for (YamlNode item : sequence.items()) {
            texts.add(textOf(item, path + "[" + texts.size() + "]"));
        }
        return texts;
    }

    /** The path of a key below another, for messages. */
    public static String child(String path, String key) {
        return path.isEmpty() ? key : path + "." + key;
    }

    /** What a reader says of a node that is not what belongs in its place. */
    public static LanguageException unexpected(YamlNode node, String path, String expected) {
        return refusal(node.position(), path, "expected " + expected + ", found " + node.describe());
    }

    private Optional<YamlNode> optionalValue(String key) throws LanguageException {
        YamlNode value = fields.get(key);
        if (value == null || (value instanceof YamlScalar scalar && scalar.isAbsent())) {
            return Optional.empty();
        }
        return Optional.of(value);
    }

    private static List<YamlMapping.Entry> entriesOf(YamlNode node, String path) throws LanguageException {
        if (node instanceof YamlScalar scalar && scalar.isEmptyPlain()) {
            return List.of();
        }
        if (node instanceof YamlMapping mapping) {
            return mapping.entries();
        }
        throw unexpected(node, path, "a map");
    }

    private static LanguageException refusal(SourcePosition position, String path, String problem) {
        return new LanguageException(position, (path.isEmpty() ? "" : path + ": ") + problem);
    }
}
