package dev.omnigraph.controlplane.operation;

import dev.omnigraph.controlplane.storage.VersionTag;
import java.time.Instant;
import java.util.Optional;

/**
 * What is known of a key.
 *
 * @param id the id that the operation or document made for the request has, or will have: whoever repeats a request whose
 *     maker died in between goes on under it
 * @param claimedAt when the request came first
 * @param answer the answer, where it is not the operation itself and the request came through
 * @param tag what the next write must find
 */
public record IdempotencyClaim(
        RepeatableRequest request, String id, Instant claimedAt, Optional<KeptAnswer> answer, VersionTag tag) {}
