package dev.omnigraph.controlplane.config;

import dev.omnigraph.controlplane.language.LanguageException;
import dev.omnigraph.controlplane.language.SourcePosition;
import dev.omnigraph.controlplane.language.yaml.ScalarValue;
import dev.omnigraph.controlplane.language.yaml.YamlMapping;
import dev.omnigraph.controlplane.language.yaml.YamlNode;
import dev.omnigraph.controlplane.language.yaml.YamlScalar;
import dev.omnigraph.controlplane.language.yaml.YamlValues;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** Top-level keys that are kept for later versions of the format (control-plane.md 2.5). */
final class ReservedKeys {

    private static final Set<String> RESERVED =
            Set.of("apply", "env_file", "pipelines", "embeddings", "ui", "aliases", "bindings");

    private ReservedKeys() {}

    /** A reserved key that a document has. */
    record ReservedKey(String name, SourcePosition position) {}

    /**
     * The reserved keys of a document, in written order. None where the document cannot be read without a type in mind:
     * what is wrong with it is for the strict reader to say.
     */
    static List<ReservedKey> in(YamlNode root) {
        List<ReservedKey> found = new ArrayList<>();
        if (root instanceof YamlMapping mapping && YamlValues.isWellFormed(root)) {
            for (YamlMapping.Entry entry : mapping.entries()) {
                if (entry.key() instanceof YamlScalar key && isText(key) && RESERVED.contains(key.text())) {
                    found.add(new ReservedKey(key.text(), key.position()));
                }
            }
        }
        return found;
    }

    private static boolean isText(YamlScalar scalar) {
        try {
            return scalar.value() instanceof ScalarValue.Text;
        } catch (LanguageException e) {
            return false;
        }
    }
}
