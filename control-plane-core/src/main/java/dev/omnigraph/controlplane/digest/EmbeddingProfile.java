package dev.omnigraph.controlplane.digest;

import dev.omnigraph.controlplane.json.JsonObject;
import java.util.Optional;

/**
 * An embedding provider as declared (control-plane.md 2.13). {@code apiKey} is the reference {@code ${NAME}}, never the
 * secret itself, which the control plane does not resolve.
 */
public record EmbeddingProfile(
        Optional<String> kind, Optional<String> baseUrl, Optional<String> model, Optional<String> apiKey) {

    /** The profile with its keys in stored order, absent ones left out. */
    public JsonObject toJson() {
        return JsonObject.builder()
                .putIfPresent("kind", kind)
                .putIfPresent("base_url", baseUrl)
                .putIfPresent("model", model)
                .putIfPresent("api_key", apiKey)
                .build();
    }
}
