package dev.omnigraph.controlplane.apply;

import dev.omnigraph.controlplane.config.DesiredCluster;
import dev.omnigraph.controlplane.digest.ResourceAddress;
import dev.omnigraph.controlplane.plan.Change;
import dev.omnigraph.controlplane.plan.ChangeReason;
import java.util.List;
import java.util.Set;

/**
 * What a failed graph takes with it (control-plane.md 9.6): changes that were to be applied become blocked. Pure functions.
 */
final class Demotion {

    private Demotion() {}

    /** Demotes what depends on graphs that could not be created. */
    static List<Change> afterFailedCreates(List<Change> changes, Set<String> failed, DesiredCluster desired) {
        if (failed.isEmpty()) {
            return changes;
        }
        return changes.stream().map(change -> demote(change, failed, desired)).toList();
    }

    private static Change demote(Change change, Set<String> failed, DesiredCluster desired) {
        ResourceAddress resource = change.resource();
        if (!change.isApplied()) {
            return change;
        }
        if (resource instanceof ResourceAddress.Graph graph) {
            return failed.contains(graph.id()) ? change.demoted(ChangeReason.GRAPH_CREATE_FAILED) : change;
        }
        boolean dependsOnFailed = resource instanceof ResourceAddress.Policy
                ? desired.graphsNeededBy(resource).stream().anyMatch(failed::contains)
                : resource.graphId().filter(failed::contains).isPresent();
        return dependsOnFailed ? change.demoted(ChangeReason.DEPENDENCY_NOT_APPLIED) : change;
    }
}
