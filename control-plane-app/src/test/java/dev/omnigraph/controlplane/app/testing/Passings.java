package dev.omnigraph.controlplane.app.testing;

import dev.omnigraph.controlplane.fault.FaultPoint;
import dev.omnigraph.controlplane.fault.FaultPoints;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;

/**
 * Fault points that tell where a service comes along. Nobody passes one while another passing is told. Signs of life are
 * left out: the clock brings a service to them.
 */
public final class Passings implements FaultPoints {

    private static final Set<FaultPoint> SIGNS =
            EnumSet.of(FaultPoint.CLUSTER_STORE_BEFORE_SIGN_WRITE, FaultPoint.CLUSTER_STORE_AFTER_SIGN_WRITE);

    private final Map<FaultPoint, Integer> times = new EnumMap<>(FaultPoint.class);
    private Consumer<Passing> follower = passing -> {};

    /** From now on each passing is told, before the service goes on. */
    public synchronized void follow(Consumer<Passing> next) {
        follower = next;
    }

    @Override
    public synchronized void reach(FaultPoint point) {
        if (!SIGNS.contains(point)) {
            follower.accept(new Passing(point, times.merge(point, 1, Integer::sum)));
        }
    }
}
