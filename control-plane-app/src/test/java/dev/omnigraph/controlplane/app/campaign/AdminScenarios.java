package dev.omnigraph.controlplane.app.campaign;

import dev.omnigraph.controlplane.app.testing.SampleCluster;
import dev.omnigraph.controlplane.fault.FaultPoint;
import java.util.List;

/** What only an admin does. */
final class AdminScenarios {

    private static final String LOCK_ID = "01KT0000000000000000000000";

    private AdminScenarios() {}

    static List<Scenario> of(Clusters clusters) {
        return List.of(
                Scenario.of(
                        "force-unlock",
                        folder -> {
                            clusters.converged(folder);
                            SampleCluster.in(folder).write("__cluster/lock.json", """
                                            {
                                              "version": 1,
                                              "lock_id": "%s",
                                              "operation": "apply",
                                              "created_at": "2026-01-01T00:00:00Z",
                                              "pid": 1
                                            }
                                            """.formatted(LOCK_ID));
                        },
                        person -> person.unlock(LOCK_ID),
                        answer -> answer.status() == 200,
                        now -> !now.locked()),
                Scenario.of(
                        "discard",
                        folder -> {
                            clusters.imported(folder);
                            clusters.dieInApply(folder, FaultPoint.INIT_AFTER_TABLES_WRITTEN);
                        },
                        Person::discardFirst,
                        answer -> answer.status() == 200,
                        now -> now.sidecars().isEmpty() && now.graphs().isEmpty()),
                Scenario.of(
                        "retention",
                        folder -> {
                            clusters.withADeleteApproved(folder);
                            clusters.dieInApply(folder, FaultPoint.CLUSTER_APPLY_AFTER_MANIFEST_REMOVED);
                            Clusters.serving(folder, person -> Clusters.done(person.refresh(), Clusters::succeeded));
                        },
                        Person::clearAway,
                        Clusters::succeeded,
                        now -> now.aside().isEmpty()),
                Scenario.of(
                        "quarantine",
                        folder -> {
                            clusters.converged(folder);
                            SampleCluster.in(folder).write("__cluster/recoveries/" + LOCK_ID + ".json", "not json\n");
                        },
                        Person::quarantineFirst,
                        answer -> answer.status() == 200,
                        now -> now.quarantined().contains(LOCK_ID)),
                Scenario.of(
                        "freeze",
                        clusters::converged,
                        Person::freeze,
                        answer -> answer.status() == 200,
                        StoredCluster::frozen),
                Scenario.of(
                        "thaw",
                        folder -> {
                            clusters.converged(folder);
                            Clusters.serving(folder, person -> Clusters.done(person.freeze(), 200));
                        },
                        Person::thaw,
                        answer -> answer.status() == 200,
                        now -> !now.frozen()));
    }
}
