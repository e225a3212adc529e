package dev.omnigraph.controlplane.app.operation;

import java.time.Duration;

/**
 * How much the runner takes on.
 *
 * @param queueSize so many operations wait at most, besides the one that runs
 * @param stopDeadline how long a stop waits for the running operation
 */
public record RunnerLimits(int queueSize, Duration stopDeadline) {}
