package dev.omnigraph.controlplane.operation;

import dev.omnigraph.controlplane.digest.Sha256;
import java.util.Optional;

/**
 * A request that its sender may send again without knowing what became of it, because it carries a key.
 *
 * @param principal who sent it; keys of different principals have nothing to do with each other
 * @param method the HTTP method
 * @param path the path without query
 * @param key the sender's {@code Idempotency-Key}
 * @param bodyDigest the bare SHA-256 of the body
 */
public record RepeatableRequest(Optional<String> principal, String method, String path, String key, String bodyDigest) {

    /** Names the key within its scope. No part can hold the character between them. */
    String scopeDigest() {
        return Sha256.hex(String.join("\n", principal.orElse(""), method, path, key));
    }
}
