package dev.omnigraph.controlplane.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import dev.omnigraph.controlplane.diagnostic.Diagnostic;
import dev.omnigraph.controlplane.diagnostic.DiagnosticCode;
import dev.omnigraph.controlplane.diagnostic.Severity;
import dev.omnigraph.controlplane.testing.DesiredClusters;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PolicyFindingsTest {

    private static final String SCHEMA = "node Person { name: String @key }";
    private static final String GRAPH_BUNDLE = bundle("read");
    private static final String SERVER_BUNDLE = bundle("graph_list");

    @Test
    void bundlesThatAServerTakesGiveNoFinding() {
        assertThat(findingsOf(graph("kb")
                        .policy("base", GRAPH_BUNDLE, "kb")
                        .policy("server", SERVER_BUNDLE, "cluster")
                        .build()))
                .isEmpty();
    }

    @Test
    void aBundleThatIsNoneNamesThePlace() {
        assertThat(findingsOf(
                        graph("kb").policy("p", "version: 1\nrules: x\n", "kb").build()))
                .containsExactly(new Diagnostic(
                        DiagnosticCode.POLICY_INVALID,
                        Severity.WARNING,
                        "policies.p.file",
                        "the policy `p` is not one that can be served: line 2, column 8: rules: expected a list, found `x`\n"
                                + "2 | rules: x\n"
                                + "  |        ^"));
    }

    @Test
    void aBundleIsCompiledForWhatItIsBoundTo() {
        List<Diagnostic> findings = findingsOf(graph("kb")
                .policy("a", SERVER_BUNDLE, "kb")
                .policy("b", GRAPH_BUNDLE, "cluster")
                .build());

        assertThat(findings).extracting(Diagnostic::code).containsOnly(DiagnosticCode.POLICY_INVALID);
        assertThat(findings.get(0).message()).contains("`graph_list` is about the server");
        assertThat(findings.get(1).message()).contains("`read` is about a graph");
    }

    @Test
    void aBundleOnAGraphAndTheClusterIsServedOnNeither() {
        List<Diagnostic> findings = findingsOf(
                graph("kb").policy("p", GRAPH_BUNDLE, "kb", "cluster").build());

        assertThat(findings)
                .extracting(Diagnostic::code, Diagnostic::path)
                .containsExactly(tuple(DiagnosticCode.SERVING_POLICY_SCOPE, "policies.p.applies_to"));
        assertThat(findings.get(0).message()).contains("bound to the cluster and to `graph.kb`");
    }

    @Test
    void theSecondBundleOnAScopeNamesTheFirst() {
        List<Diagnostic> findings = findingsOf(graph("kb")
                .policy("a", GRAPH_BUNDLE, "kb")
                .policy("b", GRAPH_BUNDLE, "kb")
                .policy("c", SERVER_BUNDLE, "cluster")
                .policy("d", SERVER_BUNDLE, "cluster")
                .build());

        assertThat(findings)
                .extracting(Diagnostic::code)
                .containsExactly(DiagnosticCode.SERVING_POLICY_CONFLICT, DiagnosticCode.SERVING_POLICY_CONFLICT);
        assertThat(findings)
                .extracting(Diagnostic::message)
                .containsExactly(
                        "the policy `b` is bound to `graph.kb`, and so is `a`; a server takes one bundle for each",
                        "the policy `d` is bound to `cluster`, and so is `c`; a server takes one bundle for each");
    }

    @Test
    void keysThatAServerIgnoresAreShown() {
        String source = "version: 1\ngroups: {t: [a]}\nrules:\n"
                + "- {id: r, allow: {actors: {group: t}, actions: [read], branch_scop: protected}}\n";

        assertThat(findingsOf(graph("kb").policy("p", source, "kb").build()))
                .containsExactly(Diagnostic.of(
                        DiagnosticCode.SERVING_POLICY_UNKNOWN_KEY,
                        "policies.p.file",
                        "the policy `p` has keys that a server ignores, so that it may grant more than is meant:"
                                + " `rules[0].allow.branch_scop` in line 4 (did you mean `branch_scope`?)"));
    }

    @Test
    void ofManyIgnoredKeysTheFirstAreShown() {
        int keys = PolicyCheck.MAX_KEYS_SHOWN + 2;
        String source = "version: 1\n"
                + IntStream.range(0, keys)
                        .mapToObj(i -> "x" + "y".repeat(300) + i + ": 1\n")
                        .collect(Collectors.joining());

        String message =
                findingsOf(graph("kb").policy("p", source, "kb").build()).get(0).message();
        assertThat(message)
                .contains("…` in line 11")
                .doesNotContain("in line 12")
                .endsWith(", and 2 more");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "my_graph",
                "policies",
                "healthz",
                "openapi",
                "graphs",
                "a2345678901234567890123456789012345678901234567890123456789012345"
            })
    void anIdThatNoServerServesIsShown(String id) {
        assertThat(findingsOf(graph(id).build()))
                .extracting(Diagnostic::code, Diagnostic::path)
                .containsExactly(tuple(DiagnosticCode.SERVING_GRAPH_ID, "graphs." + id));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"kb", "my-graph", "Graphs", "a234567890123456789012345678901234567890123456789012345678901234"})
    void anyOtherIdIsServed(String id) {
        assertThat(findingsOf(graph(id).build())).isEmpty();
    }

    private static List<Diagnostic> findingsOf(DesiredCluster desired) {
        return PolicyFindings.of(desired, new CheckedSources());
    }

    private static DesiredClusters graph(String id) {
        return new DesiredClusters().graph(id, SCHEMA);
    }

    private static String bundle(String action) {
        return "version: 1\ngroups: {t: [a]}\nrules:\n- {id: r, allow: {actors: {group: t}, actions: [" + action
                + "]}}\n";
    }
}
