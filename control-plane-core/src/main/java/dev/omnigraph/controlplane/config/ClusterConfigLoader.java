package dev.omnigraph.controlplane.config;

import dev.omnigraph.controlplane.digest.ConfigDigest;
import dev.omnigraph.controlplane.digest.Utf8Order;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Loads configurations (control-plane.md 2.1). The order of the steps is the order of the diagnostics. Loading never
 * fails for what a configuration says: everything wrong with it is a diagnostic. Thread-safe, as long as each source is
 * used by one thread.
 */
public final class ClusterConfigLoader {

    /** What a configuration folder must hold. */
    public static final String FILE = ClusterYaml.FILE;

    private ClusterConfigLoader() {}

    /**
     * The whole configuration with every source that it names: steps 1 to 11, and what a serving process would make of it
     * ({@link PolicyFindings}).
     *
     * @param checked sources that were parsed and checked before, and after this those of this configuration too
     */
    public static ConfigLoad load(ConfigSource source, LoadOptions options, CheckedSources checked) {
        Draft draft = new Draft(source, options, checked);
        Optional<DesiredCluster> desired = ClusterYaml.read(draft).map(document -> desired(document, draft));
        desired.map(cluster -> PolicyFindings.of(cluster, checked)).ifPresent(draft::report);
        return new ConfigLoad(source.displayRoot(), source.displayPath(ClusterYaml.FILE), desired, draft.findings());
    }

    /** As {@link #load(ConfigSource, LoadOptions, CheckedSources)}, with everything parsed anew. */
    public static ConfigLoad load(ConfigSource source, LoadOptions options) {
        return load(source, options, new CheckedSources());
    }

    /** What the configuration says of the cluster itself; no other file is opened: steps 1 to 6. */
    public static HeaderLoad loadHeader(ConfigSource source, LoadOptions options) {
        Draft draft = new Draft(source, options, new CheckedSources());
        Optional<ClusterHeader> header = ClusterYaml.read(draft).map(document -> HeaderChecks.check(document, draft));
        return new HeaderLoad(source.displayRoot(), header, draft.findings());
    }

    private static DesiredCluster desired(ClusterDocument document, Draft draft) {
        ClusterHeader header = HeaderChecks.check(document, draft);
        document.providers().forEach((name, profile) -> ProviderChecks.check(name, profile, draft));
        SortedMap<String, DesiredGraph> graphs = graphs(document, draft);
        SortedMap<String, DesiredPolicy> policies = policies(document, draft);
        return new DesiredCluster(
                header.metadataName(),
                header.declaredStorage(),
                header.lockEnabled(),
                draft.resources(),
                draft.dependencies(),
                ConfigDigest.of(document.toJson(), draft.digests()),
                graphs,
                policies,
                document.providers());
    }

    private static SortedMap<String, DesiredGraph> graphs(ClusterDocument document, Draft draft) {
        GraphLoader loader = new GraphLoader(document.providers().keySet(), draft);
        SortedMap<String, DesiredGraph> graphs = new TreeMap<>(Utf8Order.COMPARATOR);
        document.graphs().forEach((id, graph) -> graphs.put(id, loader.load(id, graph)));
        return graphs;
    }

    private static SortedMap<String, DesiredPolicy> policies(ClusterDocument document, Draft draft) {
        PolicyLoader loader = new PolicyLoader(document.graphs().keySet(), draft);
        SortedMap<String, DesiredPolicy> policies = new TreeMap<>(Utf8Order.COMPARATOR);
        document.policies()
                .forEach((name, policy) -> loader.load(name, policy).ifPresent(loaded -> policies.put(name, loaded)));
        return policies;
    }
}
