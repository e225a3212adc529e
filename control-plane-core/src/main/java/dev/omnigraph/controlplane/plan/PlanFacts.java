package dev.omnigraph.controlplane.plan;

import dev.omnigraph.controlplane.digest.ResourceAddress;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;

/**
 * What a plan has to know beside ledger and desired state.
 *
 * @param pendingGraphs graphs with an interrupted operation that is not resolved
 * @param unattributedRecovery a recovery record cannot be read, so that any graph may be the one it is about
 * @param missingGraphs declared and recorded graphs at whose root nothing is stored
 * @param gates what is known of each gated change, by its resource
 * @param migrations by graph id, what a changed schema does to the graph, where that is known
 * @param liveSchemas schema digests by graph id, of graphs that were looked at because the ledger has no schema of theirs
 */
public record PlanFacts(
        Set<String> pendingGraphs,
        boolean unattributedRecovery,
        Set<String> missingGraphs,
        Map<ResourceAddress, GateFacts> gates,
        Map<String, Migration> migrations,
        Map<String, String> liveSchemas) {

    public PlanFacts {
        pendingGraphs = Set.copyOf(pendingGraphs);
        missingGraphs = Set.copyOf(missingGraphs);
        gates = Map.copyOf(gates);
        migrations = Map.copyOf(migrations);
        liveSchemas = Map.copyOf(liveSchemas);
    }

    /** Whether nothing may move this graph until an interrupted operation is resolved. */
    boolean recoveryBlocks(String graph) {
        return unattributedRecovery || pendingGraphs.contains(graph);
    }

    /** What is known of a gated change. */
    GateFacts gate(ResourceAddress resource) {
        return gates.getOrDefault(resource, GateFacts.NONE);
    }

    /** The same, once the digest of the plan is known: a rejection of exactly this plan goes before every approval. */
    PlanFacts inPlan(String planDigest) {
        Map<ResourceAddress, GateFacts> judged = new HashMap<>();
        gates.forEach((resource, gate) -> judged.put(resource, gate.inPlan(planDigest)));
        return new PlanFacts(pendingGraphs, unattributedRecovery, missingGraphs, judged, migrations, liveSchemas);
    }

    /** Whether no migration leads to the declared schema of this graph. */
    boolean isMigrationUnsupported(String graph) {
        Migration migration = migrations.get(graph);
        return migration != null && !migration.plan().supported();
    }
}
