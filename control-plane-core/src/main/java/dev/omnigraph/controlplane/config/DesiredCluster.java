package dev.omnigraph.controlplane.config;

import dev.omnigraph.controlplane.digest.EmbeddingProfile;
import dev.omnigraph.controlplane.digest.ResourceAddress;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * What a configuration declares, with the content of every source it names. Immutable. Where the configuration has errors
 * it holds what could be made of it; commands that change things stop at the errors.
 *
 * @param metadataName the label of the cluster
 * @param declaredStorage {@code storage:} trimmed and without trailing slashes; empty where it is not declared
 * @param lockEnabled {@code state.lock}, true where it is not declared
 * @param resources in the order of their addresses
 * @param dependencies in order of both ends
 * @param configDigest bare SHA-256 of the whole (control-plane.md 3.6)
 * @param graphs by id
 * @param policies by name; one whose file could not be read is missing
 * @param providers embedding providers by name
 */
public record DesiredCluster(
        Optional<String> metadataName,
        Optional<String> declaredStorage,
        boolean lockEnabled,
        List<DesiredResource> resources,
        List<Dependency> dependencies,
        String configDigest,
        SortedMap<String, DesiredGraph> graphs,
        SortedMap<String, DesiredPolicy> policies,
        SortedMap<String, EmbeddingProfile> providers) {

    public DesiredCluster {
        resources = List.copyOf(resources);
        dependencies = List.copyOf(dependencies);
        graphs = Collections.unmodifiableSortedMap(new TreeMap<>(graphs));
        policies = Collections.unmodifiableSortedMap(new TreeMap<>(policies));
        providers = Collections.unmodifiableSortedMap(new TreeMap<>(providers));
    }

    /** The digest of each resource. */
    public SortedMap<ResourceAddress, String> digests() {
        SortedMap<ResourceAddress, String> digests = new TreeMap<>();
        resources.forEach(resource -> digests.put(resource.address(), resource.digest()));
        return digests;
    }

    /** The digest of one resource. */
    public Optional<String> digestOf(ResourceAddress address) {
        int index = Collections.binarySearch(
                resources,
                new DesiredResource(address, "", Optional.empty()),
                Comparator.comparing(DesiredResource::address));
        return index < 0 ? Optional.empty() : Optional.of(resources.get(index).digest());
    }

    public Optional<DesiredGraph> graph(String id) {
        return Optional.ofNullable(graphs.get(id));
    }

    /** What a policy is bound to. */
    public Optional<List<String>> bindingsOf(ResourceAddress.Policy policy) {
        return Optional.ofNullable(policies.get(policy.name())).map(DesiredPolicy::bindings);
    }

    public Optional<EmbeddingProfile> profileOf(ResourceAddress.EmbeddingProvider provider) {
        return Optional.ofNullable(providers.get(provider.name()));
    }

    /** What depends directly on each resource, in the order of the dependencies. */
    public Map<ResourceAddress, List<ResourceAddress>> dependents() {
        return dependencies.stream()
                .collect(Collectors.groupingBy(
                        Dependency::to, Collectors.mapping(Dependency::from, Collectors.toList())));
    }

    /** The ids of the graphs that a resource depends on directly. */
    public Set<String> graphsNeededBy(ResourceAddress resource) {
        return dependencies.stream()
                .filter(dependency -> dependency.from().equals(resource))
                .map(Dependency::to)
                .filter(ResourceAddress.Graph.class::isInstance)
                .map(graph -> ((ResourceAddress.Graph) graph).id())
                .collect(Collectors.toCollection(TreeSet::new));
    }
}
