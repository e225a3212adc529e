package dev.omnigraph.controlplane.operation;

import java.util.Optional;

/**
 * An answer that is given again when its request comes again.
 *
 * @param location the {@code Location} header
 * @param body JSON
 */
public record KeptAnswer(int status, Optional<String> location, String body) {}
