package dev.omnigraph.controlplane.config;

import dev.omnigraph.controlplane.digest.EmbeddingProfile;
import dev.omnigraph.controlplane.json.JsonArray;
import dev.omnigraph.controlplane.json.JsonBoolean;
import dev.omnigraph.controlplane.json.JsonObject;
import dev.omnigraph.controlplane.json.JsonString;
import dev.omnigraph.controlplane.json.JsonValue;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.function.Function;

/**
 * {@code cluster.yaml} as it was declared: well-typed, nothing else checked (control-plane.md 2.2). The maps are sorted
 * bytewise.
 *
 * @param version an unsigned 32-bit number
 */
record ClusterDocument(
        long version,
        Optional<String> metadataName,
        Optional<String> storage,
        Optional<String> stateBackend,
        Optional<Boolean> stateLock,
        SortedMap<String, EmbeddingProfile> providers,
        SortedMap<String, Graph> graphs,
        SortedMap<String, Policy> policies) {

    /** An entry of {@code graphs}. */
    record Graph(String schema, QuerySources queries, Optional<String> embeddingProvider) {

        private JsonObject toJson() {
            return JsonObject.builder()
                    .put("schema", schema)
                    .put("queries", queries.toJson())
                    .putOrNull("embedding_provider", embeddingProvider)
                    .build();
        }
    }

    /** An entry of {@code policies}. */
    record Policy(String file, List<String> appliesTo) {

        private JsonObject toJson() {
            return JsonObject.builder()
                    .put("file", file)
                    .put(
                            "applies_to",
                            new JsonArray(appliesTo.stream()
                                    .<JsonValue>map(JsonString::new)
                                    .toList()))
                    .build();
        }
    }

    /** The document as it enters the config digest (control-plane.md 3.6). */
    JsonObject toJson() {
        return JsonObject.builder()
                .put("version", version)
                .put(
                        "metadata",
                        JsonObject.builder().putOrNull("name", metadataName).build())
                .putOrNull("storage", storage)
                .put("state", stateJson())
                .put(
                        "providers",
                        JsonObject.builder()
                                .put("embedding", mapJson(providers, EmbeddingProfile::toJson))
                                .build())
                .put("graphs", mapJson(graphs, Graph::toJson))
                .put("policies", mapJson(policies, Policy::toJson))
                .build();
    }

    private JsonObject stateJson() {
        return JsonObject.builder()
                .putOrNull("backend", stateBackend)
                .put("lock", JsonValue.orNull(stateLock.map(JsonBoolean::new)))
                .build();
    }

    private static <T> JsonObject mapJson(SortedMap<String, T> map, Function<T, JsonObject> toJson) {
        JsonObject.Builder object = JsonObject.builder();
        for (Map.Entry<String, T> entry : map.entrySet()) {
            object.put(entry.getKey(), toJson.apply(entry.getValue()));
        }
        return object.build();
    }
}
