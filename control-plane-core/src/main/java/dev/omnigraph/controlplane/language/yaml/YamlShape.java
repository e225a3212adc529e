package dev.omnigraph.controlplane.language.yaml;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** The keys that a format has in one place. Immutable. */
public final class YamlShape {

    private final Map<String, String> fieldsByKey;

    private YamlShape(Map<String, String> fieldsByKey) {
        this.fieldsByKey = Collections.unmodifiableMap(fieldsByKey);
    }

    public static YamlShape of(String... keys) {
        Map<String, String> fields = new LinkedHashMap<>();
        for (String key : keys) {
            fields.put(key, key);
        }
        return new YamlShape(fields);
    }

    /** The shape in which a field can also be written by another name. */
    public YamlShape withAlias(String alias, String key) {
        Map<String, String> fields = new LinkedHashMap<>(fieldsByKey);
        fields.put(alias, key);
        return new YamlShape(fields);
    }

    /** The field that a written key stands for; empty where the format has none of that name. */
    Optional<String> fieldOf(String written) {
        return Optional.ofNullable(fieldsByKey.get(written));
    }

    /** The keys in the format's order, for messages. */
    String describe() {
        return String.join(", ", fieldsByKey.keySet());
    }
}
