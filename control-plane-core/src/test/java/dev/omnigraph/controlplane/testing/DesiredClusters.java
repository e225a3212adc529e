package dev.omnigraph.controlplane.testing;

import dev.omnigraph.controlplane.config.Dependency;
import dev.omnigraph.controlplane.config.DesiredCluster;
import dev.omnigraph.controlplane.config.DesiredGraph;
import dev.omnigraph.controlplane.config.DesiredPolicy;
import dev.omnigraph.controlplane.config.DesiredQuery;
import dev.omnigraph.controlplane.config.DesiredResource;
import dev.omnigraph.controlplane.digest.EmbeddingProfile;
import dev.omnigraph.controlplane.digest.ResourceAddress;
import dev.omnigraph.controlplane.digest.ResourceDigests;
import dev.omnigraph.controlplane.digest.Sha256;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/** Builds desired states without files. */
public final class DesiredClusters {

    private final SortedMap<String, DesiredGraph> graphs = new TreeMap<>();
    private final SortedMap<String, DesiredPolicy> policies = new TreeMap<>();
    private final SortedMap<String, EmbeddingProfile> providers = new TreeMap<>();

    /** A graph with a schema and queries, each {@code name=source}. */
    public DesiredClusters graph(String id, String schema, String... queries) {
        SortedMap<String, DesiredQuery> declared = new TreeMap<>();
        for (String query : queries) {
            String name = query.substring(0, query.indexOf('='));
            String source = query.substring(query.indexOf('=') + 1);
            declared.put(name, new DesiredQuery(name, source, Sha256.hex(source)));
        }
        graphs.put(id, new DesiredGraph(id, Optional.of(schema), declared, Optional.empty()));
        return this;
    }

    /** A policy bound to graphs or to {@code cluster}. */
    public DesiredClusters policy(String name, String content, String... bindings) {
        byte[] bytes = content.getBytes(StandardCharsets.UTF_8);
        List<String> normalised = Arrays.stream(bindings)
                .map(binding -> binding.equals("cluster") ? binding : "graph." + binding)
                .sorted()
                .toList();
        policies.put(name, new DesiredPolicy(name, bytes, Sha256.hex(bytes), normalised));
        return this;
    }

    public DesiredClusters provider(String name, EmbeddingProfile profile) {
        providers.put(name, profile);
        return this;
    }

    public DesiredCluster build() {
        List<DesiredResource> resources = new ArrayList<>();
        List<Dependency> dependencies = new ArrayList<>();
        graphs.values().forEach(graph -> addGraph(graph, resources, dependencies));
        policies.values().forEach(policy -> {
            ResourceAddress address = new ResourceAddress.Policy(policy.name());
            resources.add(new DesiredResource(address, policy.digest(), Optional.of(policy.name())));
            policy.bindings().stream()
                    .filter(binding -> !binding.equals("cluster"))
                    .forEach(binding -> dependencies.add(new Dependency(address, ResourceAddress.parse(binding))));
        });
        providers.forEach((name, profile) -> resources.add(new DesiredResource(
                new ResourceAddress.EmbeddingProvider(name), ResourceDigests.provider(profile), Optional.empty())));
        resources.sort(Comparator.comparing(DesiredResource::address));
        dependencies.sort(Comparator.naturalOrder());
        return new DesiredCluster(
                Optional.empty(),
                Optional.empty(),
                true,
                resources,
                dependencies,
                Sha256.hex(resources.toString()),
                graphs,
                policies,
                providers);
    }

    private static void addGraph(DesiredGraph graph, List<DesiredResource> resources, List<Dependency> dependencies) {
        ResourceAddress address = new ResourceAddress.Graph(graph.id());
        ResourceAddress schema = new ResourceAddress.Schema(graph.id());
        String schemaDigest = Sha256.hex(graph.schemaSource().orElseThrow());
        Map<String, String> queryDigests = new HashMap<>();
        graph.queries().forEach((name, query) -> {
            queryDigests.put(name, query.digest());
            ResourceAddress queryAddress = new ResourceAddress.Query(graph.id(), name);
            resources.add(new DesiredResource(queryAddress, query.digest(), Optional.of(name + ".gq")));
            dependencies.add(new Dependency(queryAddress, address));
            dependencies.add(new Dependency(queryAddress, schema));
        });
        resources.add(new DesiredResource(
                address,
                ResourceDigests.graph(graph.id(), Optional.of(schemaDigest), queryDigests, Optional.empty()),
                Optional.empty()));
        resources.add(new DesiredResource(schema, schemaDigest, Optional.of(graph.id() + ".pg")));
        dependencies.add(new Dependency(schema, address));
    }
}
