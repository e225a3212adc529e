package dev.omnigraph.controlplane.app.campaign;

import dev.omnigraph.controlplane.fault.FaultPoint;
import dev.omnigraph.controlplane.fault.FaultPoints;
import java.util.EnumMap;
import java.util.Map;
import java.util.function.Consumer;

/** Fault points that tell where a service comes along. Nobody passes one while another passing is told. */
final class Passings implements FaultPoints {

    private final Map<FaultPoint, Integer> times = new EnumMap<>(FaultPoint.class);
    private Consumer<Passing> follower = passing -> {};

    /** From now on each passing is told, before the service goes on. */
    synchronized void follow(Consumer<Passing> next) {
        follower = next;
    }

    @Override
    public synchronized void reach(FaultPoint point) {
        follower.accept(new Passing(point, times.merge(point, 1, Integer::sum)));
    }
}
