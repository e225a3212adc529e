package dev.omnigraph.controlplane.operation;

import java.time.Instant;

/**
 * The process that accepted an operation and alone may run it.
 *
 * @param instance the instance's name, the same after a restart
 * @param host the machine, for people
 * @param processStart tells this process from an earlier one of the same instance
 */
public record OperationOwner(String instance, String host, Instant processStart) {}
