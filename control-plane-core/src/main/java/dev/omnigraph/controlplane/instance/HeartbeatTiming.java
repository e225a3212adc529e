package dev.omnigraph.controlplane.instance;

import java.time.Duration;

/**
 * How often signs of life come, and what follows from their absence.
 *
 * @param interval between two signs of life; the same on all instances of a cluster
 */
public record HeartbeatTiming(Duration interval) {

    /** A process that gave no sign for so many intervals, as one observer saw it, is not at work any more. */
    private static final int INTERVALS_OF_SILENCE = 3;
    /** For so many intervals after its own sign of life a process knows that nobody has taken its place. */
    private static final int INTERVALS_OF_CERTAINTY = 2;

    public HeartbeatTiming {
        if (interval.isZero() || interval.isNegative()) {
            throw new IllegalArgumentException("signs of life come at an interval, not at " + interval);
        }
    }

    /** How long an observer sees no sign before a process counts as dead. */
    public Duration silence() {
        return interval.multipliedBy(INTERVALS_OF_SILENCE);
    }

    /** How long a process may act on its own last sign of life; shorter than {@link #silence}. */
    Duration certainty() {
        return interval.multipliedBy(INTERVALS_OF_CERTAINTY);
    }
}
