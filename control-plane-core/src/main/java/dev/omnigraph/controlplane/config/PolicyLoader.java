package dev.omnigraph.controlplane.config;

import dev.omnigraph.controlplane.diagnostic.DiagnosticCode;
import dev.omnigraph.controlplane.digest.ResourceAddress;
import dev.omnigraph.controlplane.digest.Utf8Order;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;

/** Loads the policy bundles of a document (control-plane.md 2.12). */
final class PolicyLoader {

    static final String CLUSTER = "cluster";

    private final Set<String> graphIds;
    private final Draft draft;

    /**
     * A loader for one document.
     *
     * @param graphIds the graphs that policies may be bound to
     */
    PolicyLoader(Set<String> graphIds, Draft draft) {
        this.graphIds = graphIds;
        this.draft = draft;
    }

    /** The bundle; empty where its file cannot be read, which is then reported. */
    Optional<DesiredPolicy> load(String name, ClusterDocument.Policy declared) {
        String path = "policies." + name;
        ResourceAddress.Policy address = new ResourceAddress.Policy(name);
        ResourceIds.check("policy", name, path, draft);
        List<String> bindings = bindings(address, declared.appliesTo(), path + ".applies_to");
        Optional<FileContent> content =
                draft.readFile("policy file", declared.file(), DiagnosticCode.POLICY_FILE_MISSING, path + ".file");
        content.ifPresent(file -> draft.add(address, file.digest(), declared.file()));
        return content.map(file -> new DesiredPolicy(name, file.bytes(), file.digest(), bindings));
    }

    private List<String> bindings(ResourceAddress.Policy policy, List<String> appliesTo, String path) {
        if (appliesTo.isEmpty()) {
            draft.report(
                    DiagnosticCode.POLICY_MISSING_APPLIES_TO,
                    path,
                    "the policy `" + policy.name() + "` applies to nothing");
        }
        SortedSet<String> bindings = new TreeSet<>(Utf8Order.COMPARATOR);
        for (int i = 0; i < appliesTo.size(); i++) {
            String reference = appliesTo.get(i);
            if (reference.equals(CLUSTER)) {
                bindings.add(CLUSTER);
            } else {
                graph(reference, path + "[" + i + "]").ifPresent(graph -> {
                    bindings.add(graph.text());
                    draft.addDependency(policy, graph);
                });
            }
        }
        return List.copyOf(bindings);
    }

    private Optional<ResourceAddress.Graph> graph(String reference, String path) {
        boolean typed = reference.startsWith(ResourceAddress.Graph.PREFIX);
        if (!typed && reference.contains(".")) {
            draft.report(
                    DiagnosticCode.WRONG_KIND_REFERENCE,
                    path,
                    "`" + reference + "` is no graph; a policy applies to `cluster`, to a graph's name, or to"
                            + " `graph.` and that name");
            return Optional.empty();
        }
        String id = typed ? reference.substring(ResourceAddress.Graph.PREFIX.length()) : reference;
        if (!graphIds.contains(id)) {
            draft.report(
                    DiagnosticCode.DANGLING_GRAPH_REFERENCE, path, "no graph of the name `" + id + "` is declared");
            return Optional.empty();
        }
        return Optional.of(new ResourceAddress.Graph(id));
    }
}
