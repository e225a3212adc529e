package dev.omnigraph.controlplane.config;

import dev.omnigraph.controlplane.diagnostic.Diagnostic;
import dev.omnigraph.controlplane.diagnostic.DiagnosticCode;
import dev.omnigraph.controlplane.diagnostic.Severity;
import dev.omnigraph.controlplane.language.policy.PolicyKind;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * What a serving process would make of the policies and graph ids of a configuration, which the engine's own tool does
 * not look at before (policy.md 9, control-plane.md 13.3). Reads nothing but its argument. Used once; not thread-safe.
 */
public final class PolicyFindings {

    private static final Pattern SERVED_GRAPH_ID = Pattern.compile("[A-Za-z0-9-]{1,64}");
    private static final Set<String> RESERVED_GRAPH_IDS = Set.of("policies", "healthz", "openapi", "graphs");

    private final CheckedSources checked;
    private final List<Diagnostic> findings = new ArrayList<>();
    private final Map<String, String> bundlesByScope = new HashMap<>();

    private PolicyFindings(CheckedSources checked) {
        this.checked = checked;
    }

    /**
     * The findings, by policy and then by graph. All are warnings here: whether {@link DiagnosticCode#POLICY_INVALID} is
     * an error depends on what is applied, which the command knows that reports it (improvements.md I18).
     */
    static List<Diagnostic> of(DesiredCluster desired, CheckedSources checked) {
        PolicyFindings all = new PolicyFindings(checked);
        desired.policies().values().forEach(all::look);
        desired.graphs().keySet().forEach(all::lookAtId);
        return List.copyOf(all.findings);
    }

    /** The place at which findings about the content of a policy are made. */
    public static String placeOf(DesiredPolicy policy) {
        return path(policy, "file");
    }

    private void look(DesiredPolicy policy) {
        PolicyCheck check = checked.policy(policy.bytes(), policy.digest(), kindOf(policy));
        check.ignoredKeys()
                .ifPresent(keys -> report(
                        DiagnosticCode.SERVING_POLICY_UNKNOWN_KEY,
                        placeOf(policy),
                        "the policy `" + policy.name() + "` has " + keys));
        check.refusal()
                .ifPresent(reason -> report(
                        DiagnosticCode.POLICY_INVALID,
                        placeOf(policy),
                        "the policy `" + policy.name() + "` is not one that can be served: " + reason));
        lookAtScopes(policy);
    }

    /**
     * What a server would load the bundle for. One with both kinds of bindings would be refused for whichever it is, which
     * is a finding of its own.
     */
    private Optional<PolicyKind> kindOf(DesiredPolicy policy) {
        boolean bindsCluster = policy.bindings().contains(PolicyLoader.CLUSTER);
        Optional<String> graph = policy.bindings().stream()
                .filter(binding -> !binding.equals(PolicyLoader.CLUSTER))
                .findFirst();
        if (bindsCluster && graph.isPresent()) {
            report(
                    DiagnosticCode.SERVING_POLICY_SCOPE,
                    path(policy, "applies_to"),
                    "the policy `" + policy.name() + "` is bound to the cluster and to `" + graph.get()
                            + "`; a rule is for one of the two, so a server refuses a bundle with rules on the other");
            return Optional.empty();
        }
        return bindsCluster ? Optional.of(PolicyKind.SERVER) : graph.map(binding -> PolicyKind.GRAPH);
    }

    private void lookAtScopes(DesiredPolicy policy) {
        for (String scope : policy.bindings()) {
            String earlier = bundlesByScope.putIfAbsent(scope, policy.name());
            if (earlier != null) {
                report(
                        DiagnosticCode.SERVING_POLICY_CONFLICT,
                        path(policy, "applies_to"),
                        "the policy `" + policy.name() + "` is bound to `" + scope + "`, and so is `" + earlier
                                + "`; a server takes one bundle for each");
            }
        }
    }

    private void lookAtId(String graph) {
        if (!SERVED_GRAPH_ID.matcher(graph).matches() || RESERVED_GRAPH_IDS.contains(graph)) {
            report(
                    DiagnosticCode.SERVING_GRAPH_ID,
                    "graphs." + graph,
                    "a server does not serve a graph with the id `" + graph
                            + "`: it takes up to 64 ASCII letters, digits"
                            + " and hyphens, and none of policies, healthz, openapi and graphs");
        }
    }

    private static String path(DesiredPolicy policy, String key) {
        return "policies." + policy.name() + "." + key;
    }

    private void report(DiagnosticCode code, String path, String message) {
        findings.add(new Diagnostic(code, Severity.WARNING, path, message));
    }
}
