package dev.omnigraph.controlplane.app.campaign;

import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * What a ledger says in the end, and what is there, without times and ids that each run makes anew.
 *
 * @param recorded the digest of each resource
 * @param live the digest of the schema at the root of each graph
 * @param pending the graphs that recovery records are about
 */
record Settled(
        Set<String> approvalsUsed,
        SortedMap<String, String> recorded,
        SortedMap<String, String> live,
        Set<String> pending) {

    static Settled of(StoredCluster stored) {
        SortedMap<String, String> live = new TreeMap<>();
        stored.graphs()
                .keySet()
                .forEach(graph -> live.put(graph, stored.liveSchema(graph).orElse("")));
        return new Settled(
                Set.copyOf(stored.consumptions().keySet()),
                stored.recorded(),
                live,
                stored.sidecars().values().stream()
                        .flatMap(sidecar -> StoredCluster.member(sidecar, "graph_id").stream())
                        .collect(Collectors.toSet()));
    }

    /** The same but for some graphs, with what belongs to them, and some approvals. */
    Settled without(Set<String> graphs, Set<String> approvals) {
        SortedMap<String, String> otherResources = new TreeMap<>(recorded);
        otherResources.keySet().removeIf(resource -> graphs.contains(resource.split("\\.", -1)[1]));
        SortedMap<String, String> otherGraphs = new TreeMap<>(live);
        otherGraphs.keySet().removeAll(graphs);
        return new Settled(minus(approvalsUsed, approvals), otherResources, otherGraphs, minus(pending, graphs));
    }

    private static Set<String> minus(Set<String> all, Set<String> some) {
        Set<String> rest = new TreeSet<>(all);
        rest.removeAll(some);
        return rest;
    }
}
