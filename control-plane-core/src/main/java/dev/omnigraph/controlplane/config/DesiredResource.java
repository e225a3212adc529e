package dev.omnigraph.controlplane.config;

import dev.omnigraph.controlplane.digest.ResourceAddress;
import java.util.Optional;

/**
 * A declared resource (control-plane.md 2.14).
 *
 * @param digest bare SHA-256
 * @param path the source file as it is shown to people; empty for graphs and providers
 */
public record DesiredResource(ResourceAddress address, String digest, Optional<String> path) {

    /** The kind as outputs name it. */
    public String kind() {
        if (address instanceof ResourceAddress.Graph) {
            return "graph";
        }
        if (address instanceof ResourceAddress.Schema) {
            return "schema";
        }
        if (address instanceof ResourceAddress.Query) {
            return "query";
        }
        return address instanceof ResourceAddress.Policy ? "policy" : "embedding_provider";
    }
}
