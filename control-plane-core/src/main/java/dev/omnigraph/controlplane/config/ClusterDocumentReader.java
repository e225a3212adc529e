package dev.omnigraph.controlplane.config;

import dev.omnigraph.controlplane.digest.EmbeddingProfile;
import dev.omnigraph.controlplane.digest.Utf8Order;
import dev.omnigraph.controlplane.language.LanguageException;
import dev.omnigraph.controlplane.language.yaml.YamlNode;
import dev.omnigraph.controlplane.language.yaml.YamlRecord;
import dev.omnigraph.controlplane.language.yaml.YamlShape;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/** Reads {@code cluster.yaml} strictly: every key must be known, every value of its type (control-plane.md 2.2). */
final class ClusterDocumentReader {

    private static final YamlShape DOCUMENT =
            YamlShape.of("version", "metadata", "storage", "state", "providers", "graphs", "policies");
    private static final YamlShape METADATA = YamlShape.of("name");
    private static final YamlShape STATE = YamlShape.of("backend", "lock");
    private static final YamlShape PROVIDERS = YamlShape.of("embedding");
    private static final YamlShape PROFILE =
            YamlShape.of("kind", "base_url", "model", "api_key").withAlias("provider", "kind");
    private static final YamlShape GRAPH = YamlShape.of("schema", "queries", "embedding_provider");
    private static final YamlShape POLICY = YamlShape.of("file", "applies_to");

    private ClusterDocumentReader() {}

    /** Reads one value of a map. */
    @FunctionalInterface
    private interface EntryReader<T> {
        T read(YamlNode node, String path) throws LanguageException;
    }

    static ClusterDocument read(YamlNode root) throws LanguageException {
        YamlRecord document = YamlRecord.readStrictly(root, "", DOCUMENT);
        Optional<YamlRecord> metadata = section(document, "metadata", METADATA);
        Optional<YamlRecord> state = section(document, "state", STATE);
        Optional<YamlRecord> providers = section(document, "providers", PROVIDERS);
        return new ClusterDocument(
                document.requireUnsigned32("version"),
                metadata.isPresent() ? metadata.get().optionalText("name") : Optional.empty(),
                document.optionalText("storage"),
                state.isPresent() ? state.get().optionalText("backend") : Optional.empty(),
                state.isPresent() ? state.get().optionalBoolean("lock") : Optional.empty(),
                providers.isPresent()
                        ? map(providers.get(), "embedding", ClusterDocumentReader::profile)
                        : new TreeMap<>(),
                map(document, "graphs", ClusterDocumentReader::graph),
                map(document, "policies", ClusterDocumentReader::policy));
    }

    private static Optional<YamlRecord> section(YamlRecord document, String key, YamlShape shape)
            throws LanguageException {
        Optional<YamlNode> node = document.optional(key);
        return node.isEmpty() ? Optional.empty() : Optional.of(YamlRecord.readStrictly(node.get(), key, shape));
    }

    /** Each entry is read, also one that a later entry of the same name replaces. */
    private static <T> SortedMap<String, T> map(YamlRecord parent, String key, EntryReader<T> reader)
            throws LanguageException {
        SortedMap<String, T> map = new TreeMap<>(Utf8Order.COMPARATOR);
        for (YamlRecord.NamedNode entry : parent.optionalEntries(key)) {
            String path = YamlRecord.child(parent.child(key), entry.name());
            map.put(entry.name(), reader.read(entry.node(), path));
        }
        return map;
    }

    private static EmbeddingProfile profile(YamlNode node, String path) throws LanguageException {
        YamlRecord profile = YamlRecord.readStrictly(node, path, PROFILE);
        return new EmbeddingProfile(
                profile.optionalText("kind"),
                profile.optionalText("base_url"),
                profile.optionalText("model"),
                profile.optionalText("api_key"));
    }

    private static ClusterDocument.Graph graph(YamlNode node, String path) throws LanguageException {
        YamlRecord graph = YamlRecord.readStrictly(node, path, GRAPH);
        Optional<YamlNode> queries = graph.optional("queries");
        return new ClusterDocument.Graph(
                graph.requireText("schema"),
                queries.isPresent()
                        ? QuerySourcesReader.read(queries.get(), graph.child("queries"))
                        : QuerySources.NONE,
                graph.optionalText("embedding_provider"));
    }

    private static ClusterDocument.Policy policy(YamlNode node, String path) throws LanguageException {
        YamlRecord policy = YamlRecord.readStrictly(node, path, POLICY);
        return new ClusterDocument.Policy(policy.requireText("file"), policy.requireTexts("applies_to"));
    }
}
