package dev.omnigraph.controlplane.app.campaign;

import dev.omnigraph.controlplane.fault.FaultPoint;
import java.util.List;

/** Applies that find what a dead one left, and go on with it, undo it or give it up. */
final class ResumingScenarios {

    private ResumingScenarios() {}

    static List<Scenario> of(Clusters clusters) {
        return List.of(
                Scenario.of(
                        "delete-resumed",
                        folder -> {
                            clusters.withADeleteApproved(folder);
                            clusters.dieInApply(folder, FaultPoint.CLUSTER_APPLY_AFTER_MANIFEST_REMOVED);
                        },
                        Person::apply,
                        Clusters::converged,
                        now -> now.consumptions().size() == 1),
                Scenario.of(
                        "delete-given-up",
                        folder -> {
                            clusters.withADeleteApproved(folder);
                            clusters.dieInApply(folder, FaultPoint.CLUSTER_APPLY_BEFORE_GRAPH_DELETE);
                            Clusters.declareTwoGraphs(folder);
                        },
                        Person::apply,
                        answer -> Clusters.converged(answer)
                                && !answer.body().contains("recovery_sidecar_cleanup_failed"),
                        now -> now.sidecars().isEmpty()),
                Scenario.of(
                        "approval-taken-back",
                        folder -> {
                            clusters.withADeleteApprovedForSomeDays(folder);
                            clusters.dieInApply(folder, FaultPoint.CLUSTER_APPLY_AFTER_APPROVAL_PUBLISHED);
                            Clusters.declareTwoGraphs(folder);
                        },
                        Person::apply,
                        answer -> Clusters.converged(answer) && !answer.body().contains("approval_write_error"),
                        now -> now.artifacts().isEmpty()),
                ofASchemaApply(clusters, "schema-apply-published", FaultPoint.SCHEMA_APPLY_AFTER_STAGING_WRITE),
                ofASchemaApply(clusters, "schema-apply-promoted", FaultPoint.SCHEMA_APPLY_AFTER_PROMOTED_FILE),
                ofASchemaApply(clusters, "schema-apply-undone", FaultPoint.SCHEMA_APPLY_BEFORE_STAGING_WRITE),
                Scenario.of(
                        "hard-drop-resumed",
                        folder -> {
                            clusters.withADropApproved(folder);
                            clusters.dieInApply(folder, FaultPoint.SCHEMA_APPLY_AFTER_MANIFEST_COMMIT);
                        },
                        Person::apply,
                        Clusters::converged,
                        now -> now.consumptions().size() == 1));
    }

    private static Scenario ofASchemaApply(Clusters clusters, String name, FaultPoint death) {
        return Scenario.of(
                name,
                folder -> {
                    clusters.withAWiderSchema(folder);
                    clusters.dieInApply(folder, death);
                },
                Person::apply,
                Clusters::converged,
                ApplyingScenarios.MIGRATED);
    }
}
