package dev.omnigraph.controlplane.app.testing;

import dev.omnigraph.controlplane.fault.FaultPoint;

/**
 * One time that a process comes to a fault point.
 *
 * @param time the how-manieth since the process began
 */
public record Passing(FaultPoint point, int time) {

    /** An entry of {@code control-plane.fault-points}. */
    public String armed(String action) {
        return point.wire() + "@" + time + "=" + action;
    }

    @Override
    public String toString() {
        return point.wire() + "@" + time;
    }
}
