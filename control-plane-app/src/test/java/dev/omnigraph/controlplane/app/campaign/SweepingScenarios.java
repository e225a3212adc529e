package dev.omnigraph.controlplane.app.campaign;

import dev.omnigraph.controlplane.fault.FaultPoint;
import java.util.List;

/** Refreshes that find what a dead apply left: the sweep with nothing else to do. */
final class SweepingScenarios {

    private SweepingScenarios() {}

    static List<Scenario> of(Clusters clusters) {
        return List.of(
                Scenario.of(
                        "sweep-of-a-create",
                        folder -> {
                            clusters.imported(folder);
                            clusters.dieInApply(folder, FaultPoint.CLUSTER_APPLY_AFTER_GRAPH_CREATE);
                        },
                        Person::refresh,
                        Clusters::succeeded,
                        now -> now.recorded("schema.people").isPresent()),
                Scenario.of(
                        "sweep-of-a-schema-apply",
                        folder -> {
                            clusters.withAWiderSchema(folder);
                            clusters.dieInApply(folder, FaultPoint.CLUSTER_APPLY_AFTER_SCHEMA_APPLY);
                        },
                        Person::refresh,
                        Clusters::succeeded,
                        ApplyingScenarios.MIGRATED),
                Scenario.of(
                        "sweep-of-a-hard-drop",
                        folder -> {
                            clusters.withADropApproved(folder);
                            clusters.dieInApply(folder, FaultPoint.CLUSTER_APPLY_AFTER_SCHEMA_APPLY);
                        },
                        Person::refresh,
                        Clusters::succeeded,
                        ApplyingScenarios.MIGRATED.and(now -> now.consumptions().size() == 1)),
                Scenario.of(
                        "sweep-of-a-delete",
                        folder -> {
                            clusters.withADeleteApproved(folder);
                            clusters.dieInApply(folder, FaultPoint.CLUSTER_APPLY_AFTER_GRAPH_MOVED_ASIDE);
                        },
                        Person::refresh,
                        Clusters::succeeded,
                        now -> now.liveSchema("scratch").isPresent()),
                Scenario.of(
                        "sweep-of-a-removal",
                        folder -> {
                            clusters.withADeleteApproved(folder);
                            clusters.dieInApply(folder, FaultPoint.CLUSTER_APPLY_AFTER_GRAPH_DELETE);
                        },
                        Person::refresh,
                        Clusters::succeeded,
                        ApplyingScenarios.DELETED));
    }
}
