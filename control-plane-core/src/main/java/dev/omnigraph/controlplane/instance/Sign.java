package dev.omnigraph.controlplane.instance;

import java.time.Duration;

/**
 * The last sign of life of a process.
 *
 * @param record what it said
 * @param age since this process saw it for the first time
 */
public record Sign(InstanceRecord record, Liveness liveness, Duration age) {}
