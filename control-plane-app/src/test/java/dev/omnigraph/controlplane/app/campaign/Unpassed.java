package dev.omnigraph.controlplane.app.campaign;

import dev.omnigraph.controlplane.fault.FaultPoint;
import java.util.Arrays;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** The fault points that no scenario comes to, each with the reason. */
final class Unpassed {

    private static final String SIGNS =
            "the clock brings a process there, not a command; the tests of signs of life arm them";
    private static final Map<FaultPoint, String> REASONS = Map.of(
            FaultPoint.RECOVERY_ORPHAN_DISCARD_AUDIT_APPEND,
            "only writes on branches end so, and only the engine's own programs write there",
            FaultPoint.CLUSTER_STORE_BEFORE_SIGN_WRITE,
            SIGNS,
            FaultPoint.CLUSTER_STORE_AFTER_SIGN_WRITE,
            SIGNS,
            FaultPoint.RETENTION_AFTER_REMOVAL,
            "nothing that a scenario makes is due before a day; the tests of retention own the clock");

    private Unpassed() {}

    /** The points that were neither passed nor have a reason, and those that have a reason and were passed. */
    static Set<String> unexplained(Set<FaultPoint> passed) {
        return Arrays.stream(FaultPoint.values())
                .filter(point -> passed.contains(point) == REASONS.containsKey(point))
                .map(FaultPoint::wire)
                .collect(Collectors.toCollection(TreeSet::new));
    }
}
