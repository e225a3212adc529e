package dev.omnigraph.controlplane.operation;

import java.time.Instant;
import java.util.Optional;

/**
 * What was accepted; it never changes afterwards.
 *
 * @param id a ULID, so that names sort by the time of acceptance
 * @param command {@code apply}, {@code refresh} or {@code import}
 * @param actor the authenticated principal; empty where the request had none
 * @param configuration the stored configuration that the request named; empty for the configuration folder
 * @param configDigest the digest of the desired state as it was read when the operation was accepted
 */
public record OperationSubmission(
        String id,
        String command,
        Optional<String> actor,
        OperationOwner owner,
        Instant submittedAt,
        Optional<String> configuration,
        Optional<String> configDigest) {}
