package dev.omnigraph.controlplane.plan;

import dev.omnigraph.controlplane.digest.ResourceAddress;
import java.util.Optional;

/**
 * One resource that is recorded otherwise than desired.
 *
 * @param before the recorded digest; empty for a create
 * @param after the desired digest; empty for a delete
 * @param metadata set where the digests are equal and something beside them differs
 */
public record Difference(
        ResourceAddress resource,
        ChangeOperation operation,
        Optional<String> before,
        Optional<String> after,
        Optional<MetadataChange> metadata) {

    static Difference create(ResourceAddress resource, String after) {
        return new Difference(resource, ChangeOperation.CREATE, Optional.empty(), Optional.of(after), Optional.empty());
    }

    static Difference update(ResourceAddress resource, String before, String after) {
        return new Difference(
                resource, ChangeOperation.UPDATE, Optional.of(before), Optional.of(after), Optional.empty());
    }

    static Difference delete(ResourceAddress resource, String before) {
        return new Difference(
                resource, ChangeOperation.DELETE, Optional.of(before), Optional.empty(), Optional.empty());
    }

    static Difference metadata(ResourceAddress resource, String digest, MetadataChange metadata) {
        return new Difference(
                resource, ChangeOperation.UPDATE, Optional.of(digest), Optional.of(digest), Optional.of(metadata));
    }
}
