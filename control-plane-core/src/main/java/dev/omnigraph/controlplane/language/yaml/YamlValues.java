package dev.omnigraph.controlplane.language.yaml;

import dev.omnigraph.controlplane.language.LanguageException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Reads a document without asking for types, as a generic reader would. */
public final class YamlValues {

    private YamlValues() {}

    /** What a node is apart from how and where it is written. */
    private record Value(Optional<String> localTag, Object content) {}

    /** Whether every scalar is what its tag promises and no map has two equal keys. */
    public static boolean isWellFormed(YamlNode node) {
        try {
            valueOf(node);
            return true;
        } catch (LanguageException e) {
            return false;
        }
    }

    private static Value valueOf(YamlNode node) throws LanguageException {
        Optional<String> localTag = node.hasLocalTag() ? node.tag() : Optional.empty();
        if (node instanceof YamlScalar scalar) {
            return new Value(localTag, scalar.value());
        }
        if (node instanceof YamlSequence sequence) {
            List<Value> items = new ArrayList<>();
            for (YamlNode item : sequence.items()) {
                items.add(valueOf(item));
            }
            return new Value(localTag, items);
        }
        Map<Value, Value> entries = new HashMap<>();
        for (YamlMapping.Entry entry : ((YamlMapping) node).entries()) {
            if (entries.put(valueOf(entry.key()), valueOf(entry.value())) != null) {
                throw new LanguageException(entry.key().position(), "the key stands there twice");
            }
        }
        return new Value(localTag, entries);
    }
}
