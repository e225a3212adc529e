package dev.omnigraph.controlplane.app.http;

import dev.omnigraph.controlplane.operation.RepeatableRequest;
import java.util.Optional;

/**
 * Whether the request says that it may come again. Every POST that can change something takes it; a test holds them to it.
 *
 * @param request empty where the request has no {@code Idempotency-Key}
 */
public record RepeatableCall(Optional<RepeatableRequest> request) {}
