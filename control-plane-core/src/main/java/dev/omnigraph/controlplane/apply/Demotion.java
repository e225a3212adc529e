package dev.omnigraph.controlplane.apply;

import dev.omnigraph.controlplane.config.DesiredCluster;
import dev.omnigraph.controlplane.digest.ResourceAddress;
import dev.omnigraph.controlplane.plan.Change;
import dev.omnigraph.controlplane.plan.ChangeReason;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * What a failed graph takes with it (control-plane.md 9.6): changes that were to be applied become blocked. Pure functions.
 */
final class Demotion {

    private Demotion() {}

    /**
     * Demotes the changes that were not carried out and what depends on their graphs.
     *
     * @param failed by the resource whose change it was
     */
    static List<Change> of(List<Change> changes, Map<ResourceAddress, ChangeReason> failed, DesiredCluster desired) {
        if (failed.isEmpty()) {
            return changes;
        }
        Set<String> graphs = failed.keySet().stream()
                .flatMap(address -> address.graphId().stream())
                .collect(Collectors.toSet());
        return changes.stream()
                .map(change -> demote(change, failed, graphs, desired))
                .toList();
    }

    private static Change demote(
            Change change, Map<ResourceAddress, ChangeReason> failed, Set<String> graphs, DesiredCluster desired) {
        ResourceAddress resource = change.resource();
        if (!change.isApplied()) {
            return change;
        }
        Optional<ChangeReason> ownFailure = Optional.ofNullable(failed.get(resource));
        if (ownFailure.isPresent()) {
            return change.demoted(ownFailure.get());
        }
        boolean dependsOnFailed = resource instanceof ResourceAddress.Policy
                ? desired.graphsNeededBy(resource).stream().anyMatch(graphs::contains)
                : resource.graphId().filter(graphs::contains).isPresent();
        return dependsOnFailed ? change.demoted(ChangeReason.DEPENDENCY_NOT_APPLIED) : change;
    }
}
