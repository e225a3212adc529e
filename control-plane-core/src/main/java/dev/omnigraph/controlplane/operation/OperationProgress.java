package dev.omnigraph.controlplane.operation;

import java.util.Optional;

/**
 * How far a running operation has come.
 *
 * @param phase what is being done, in the words of apply's phases
 * @param resource on what, if it is one resource
 * @param done how many steps of the phase are finished
 * @param total how many there are
 */
public record OperationProgress(String phase, Optional<String> resource, int done, int total) {}
