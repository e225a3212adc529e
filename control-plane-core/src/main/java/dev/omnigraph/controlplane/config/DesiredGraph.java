package dev.omnigraph.controlplane.config;

import dev.omnigraph.controlplane.digest.ResourceAddress;
import java.util.Collections;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * A declared graph with the content of its sources.
 *
 * @param schemaSource the text of the schema file; empty where it could not be read
 * @param queries by name
 * @param embeddingProvider the provider it is bound to; empty without a reference or with one that does not resolve
 */
public record DesiredGraph(
        String id,
        Optional<String> schemaSource,
        SortedMap<String, DesiredQuery> queries,
        Optional<ResourceAddress.EmbeddingProvider> embeddingProvider) {

    public DesiredGraph {
        queries = Collections.unmodifiableSortedMap(new TreeMap<>(queries));
    }
}
