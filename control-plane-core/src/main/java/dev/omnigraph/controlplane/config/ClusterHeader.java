package dev.omnigraph.controlplane.config;

import java.util.Optional;

/**
 * What a configuration says of the cluster itself.
 *
 * @param metadataName the label of the cluster
 * @param declaredStorage {@code storage:} trimmed and without trailing slashes; empty where it is absent or refused
 * @param lockEnabled {@code state.lock}, true where it is not declared
 */
public record ClusterHeader(Optional<String> metadataName, Optional<String> declaredStorage, boolean lockEnabled) {}
