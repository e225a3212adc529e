package dev.omnigraph.controlplane.config;

import dev.omnigraph.controlplane.digest.Utf8Order;
import dev.omnigraph.controlplane.language.LanguageException;
import dev.omnigraph.controlplane.language.yaml.ScalarValue;
import dev.omnigraph.controlplane.language.yaml.YamlMapping;
import dev.omnigraph.controlplane.language.yaml.YamlNode;
import dev.omnigraph.controlplane.language.yaml.YamlRecord;
import dev.omnigraph.controlplane.language.yaml.YamlScalar;
import dev.omnigraph.controlplane.language.yaml.YamlSequence;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Reads {@code queries} in whichever of its three forms it has. The form is found by looking at values, so here, unlike
 * everywhere else, a scalar must really be text: {@code 12}, {@code true} and nothing are none, and no tag of an
 * application fits (control-plane.md 2.3).
 */
final class QuerySourcesReader {

    private static final String FILE = "file";
    private static final ScalarValue FIRST_FIELD = new ScalarValue.Whole(BigInteger.ZERO);

    private QuerySourcesReader() {}

    static QuerySources read(YamlNode node, String path) throws LanguageException {
        if (!node.hasLocalTag()) {
            if (node instanceof YamlSequence sequence) {
                return new QuerySources.Paths(texts(sequence, path));
            }
            if (node instanceof YamlMapping mapping) {
                return new QuerySources.Named(named(mapping, path));
            }
            Optional<String> text = text(node);
            if (text.isPresent()) {
                return new QuerySources.OnePath(text.get());
            }
        }
        throw YamlRecord.unexpected(node, path, "a path, a list of paths, or a map of queries with their files");
    }

    private static List<String> texts(YamlSequence sequence, String path) throws LanguageException {
        List<String> texts = new ArrayList<>();
        for (YamlNode item : sequence.items()) {
            texts.add(requireText(item, path + "[" + texts.size() + "]"));
        }
        return texts;
    }

    private static SortedMap<String, String> named(YamlMapping mapping, String path) throws LanguageException {
        SortedMap<String, String> fileByName = new TreeMap<>(Utf8Order.COMPARATOR);
        for (YamlMapping.Entry entry : mapping.entries()) {
            String name = requireText(entry.key(), path);
            fileByName.put(name, file(entry.value(), YamlRecord.child(path, name)));
        }
        return fileByName;
    }

    /** An entry has the one field {@code file}; its position does for its name, in a list or as the key {@code 0}. */
    private static String file(YamlNode node, String path) throws LanguageException {
        if (!node.hasLocalTag()) {
            if (node instanceof YamlSequence fields && fields.items().size() == 1) {
                return requireText(fields.items().get(0), YamlRecord.child(path, FILE));
            }
            if (node instanceof YamlMapping fields && fields.entries().size() == 1) {
                YamlMapping.Entry field = fields.entries().get(0);
                if (isFile(field.key())) {
                    return requireText(field.value(), YamlRecord.child(path, FILE));
                }
                throw YamlRecord.unexpected(field.key(), path, "the field `file` alone");
            }
        }
        throw YamlRecord.unexpected(node, path, "a map with the field `file` alone");
    }

    private static boolean isFile(YamlNode key) throws LanguageException {
        return key instanceof YamlScalar scalar
                && !scalar.hasLocalTag()
                && (scalar.value().equals(new ScalarValue.Text(FILE))
                        || scalar.value().equals(FIRST_FIELD));
    }

    private static String requireText(YamlNode node, String path) throws LanguageException {
        Optional<String> text = node.hasLocalTag() ? Optional.empty() : text(node);
        if (text.isEmpty()) {
            throw YamlRecord.unexpected(node, path, "text");
        }
        return text.get();
    }

    private static Optional<String> text(YamlNode node) throws LanguageException {
        return node instanceof YamlScalar scalar && scalar.value() instanceof ScalarValue.Text text
                ? Optional.of(text.value())
                : Optional.empty();
    }
}
