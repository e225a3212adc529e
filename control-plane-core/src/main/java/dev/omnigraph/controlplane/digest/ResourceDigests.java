package dev.omnigraph.controlplane.digest;

import dev.omnigraph.controlplane.json.JsonText;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** The digests that are more than the hash of a file (control-plane.md 3.4 and 3.5). Bare lowercase hex. */
public final class ResourceDigests {

    private static final char NUL = 0;

    private ResourceDigests() {}

    /**
     * The provider that a graph is bound to.
     *
     * @param address the full {@code provider.embedding.<name>}
     * @param digest empty where the provider's own digest is not known
     */
    public record BoundProvider(ResourceAddress address, Optional<String> digest) {}

    /**
     * The composite digest of {@code graph.<id>}.
     *
     * @param schemaDigest empty where the schema is not known
     * @param queryDigests digest of each query of the graph by query name, in any order
     */
    public static String graph(
            String id,
            Optional<String> schemaDigest,
            Map<String, String> queryDigests,
            Optional<BoundProvider> provider) {
        StringBuilder input = new StringBuilder();
        append(input, "graph", id, "schema", schemaDigest.orElse(""));
        Map<String, String> sorted = new TreeMap<>(Utf8Order.COMPARATOR);
        sorted.putAll(queryDigests);
        sorted.forEach((name, digest) -> append(input, "query", name, digest));
        provider.ifPresent(bound -> append(
                input,
                "embedding_provider",
                bound.address().text(),
                bound.digest().orElse("")));
        return Sha256.hex(input.toString());
    }

    /** The digest of {@code provider.embedding.<name>}: over the declared profile, references and all. */
    public static String provider(EmbeddingProfile profile) {
        return Sha256.hex("embedding-provider" + NUL + JsonText.compact(profile.toJson()));
    }

    private static void append(StringBuilder input, String... parts) {
        for (String part : parts) {
            input.append(part).append(NUL);
        }
    }
}
