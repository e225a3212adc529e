package dev.omnigraph.controlplane.language.policy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.omnigraph.controlplane.language.LanguageException;
import dev.omnigraph.controlplane.testing.ChildJvm;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class CompiledPolicyTest {

    private static final String HEAD = "version: 1\ngroups: {t: [act-a, act-b], adm: [act-a]}\n";

    @Test
    void ofSeveralRulesTheSmallestIdIsNamed() throws Exception {
        CompiledPolicy policy = forGraph(rules("z: [read]", "a: [read]", "a!: [read]"));

        assertThat(policy.decide(read("act-b")))
                .isEqualTo(PolicyDecision.allowed(
                        "a", "the rule `a` grants `read` on the branch `main` to the actor `act-b`"));
    }

    @Test
    void aDenialSaysWhatNobodyGranted() throws Exception {
        CompiledPolicy policy = forGraph(rules("a: [read]"));

        assertThat(policy.decide(PolicyRequest.schemaApply("act-a")))
                .isEqualTo(PolicyDecision.denied(
                        "no rule grants `schema_apply` with the target branch `main` to the actor `act-a`"));
        assertThat(policy.decide(read("act-z")))
                .isEqualTo(PolicyDecision.denied("the actor `act-z` is in no group of the policy"));
    }

    /** The table of policy.md 12. */
    @ParameterizedTest
    @CsvSource({
        "null, [main], true",
        "null, [], true",
        "any, [main], true",
        "any, [], true",
        "protected, [main], true",
        "protected, [], false",
        "unprotected, [main], false",
        "unprotected, [], true"
    })
    void aSchemaApplyIsJudgedByMain(String scope, String protectedBranches, boolean allowed) throws Exception {
        CompiledPolicy policy = forGraph(HEAD + "protected_branches: " + protectedBranches
                + "\nrules:\n- {id: s, allow: {actors: {group: adm}, actions: [schema_apply], target_branch_scope: "
                + scope + "}}\n");

        assertThat(policy.decide(PolicyRequest.schemaApply("act-a")).allowed()).isEqualTo(allowed);
        assertThat(policy.decide(PolicyRequest.schemaApply("act-b")).allowed()).isFalse();
    }

    @Test
    void aServerBundleDecidesAboutTheServerOnly() throws Exception {
        CompiledPolicy policy = PolicyCompiler.forServer(parse(rules("list: [graph_list]")));

        assertThat(policy.decide(request("act-a", PolicyAction.GRAPH_LIST)).rule())
                .contains("list");
        assertThat(policy.decide(request("act-a", PolicyAction.READ)).allowed()).isFalse();
    }

    @Test
    void aRuleIsForWhatItsBundleIsLoadedFor() {
        assertRefused(
                () -> forGraph(rules("list: [graph_list]")),
                "line 4, column 52: rule `list`: `graph_list` is about the server, but this bundle is loaded for a graph");
        assertRefused(
                () -> PolicyCompiler.forServer(parse(rules("r: [read]"))),
                "rule `r`: `read` is about a graph, but this bundle is loaded for the server");
    }

    @Test
    void anActionIsGrantedOnceInARule() {
        assertRefused(() -> forGraph(rules("r: [read, export, read]")), "rule `r`: `read` is granted twice");
    }

    @ParameterizedTest
    @ValueSource(strings = {"\\x01", "\\b", "\\f", "\\0"})
    void aGroupThatCedarCannotWriteIsRefusedWhereARuleNeedsIt(String escape) throws Exception {
        String groups = "version: 1\ngroups: {\"a" + escape + "b\": [x]}\n";
        String rules = "rules:\n- {id: r, allow: {actors: {group: \"a" + escape + "b\"}, actions: [read]}}\n";

        assertThat(forGraph(groups).decide(read("x")).allowed()).isFalse();
        assertRefused(() -> forGraph(groups + rules), "rule `r`: Cedar has no way to write U+00");
    }

    @ParameterizedTest
    @ValueSource(strings = {"a\\tb", "a\\nb", "a\\rb", "a\\x7fb", "*", "\\\"", "\\\\", "é😀", "' || true", "a\\u2028"})
    void anyOtherNameOfAGroupIsThatGroupAndNoOther(String name) throws Exception {
        CompiledPolicy policy = forGraph("version: 1\ngroups: {\"" + name + "\": [x], other: [y]}\nrules:\n"
                + "- {id: r, allow: {actors: {group: \"" + name + "\"}, actions: [read]}}\n");

        assertThat(policy.decide(read("x")).rule()).contains("r");
        assertThat(policy.decide(read("y")).allowed()).isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = {"a\\0b", "\\x01", "\\\"", "é😀", "a:read", " "})
    void namesInRequestsAndRulesAreOnlyText(String name) throws Exception {
        CompiledPolicy policy = forGraph("version: 1\ngroups: {t: [\"x" + name + "\"]}\nprotected_branches: [\"b" + name
                + "\"]\nrules:\n- {id: \"r" + name
                + "\", allow: {actors: {group: t}, actions: [read], branch_scope: protected}}\n");
        String text =
                parse("version: 1\ngroups: {\"" + name + "x\": [y]}\n").groups().firstKey();
        String raw = text.substring(0, text.length() - 1);

        PolicyRequest request =
                new PolicyRequest("x" + raw, PolicyAction.READ, Optional.of("b" + raw), Optional.empty());
        assertThat(policy.decide(request).rule()).contains("r" + raw);
        assertThat(policy.decide(new PolicyRequest("x" + raw, PolicyAction.READ, Optional.of("b"), Optional.empty()))
                        .allowed())
                .isFalse();
    }

    @Test
    void whatCedarCannotDecideIsDenied() throws Exception {
        CompiledPolicy policy = new CompiledPolicy(
                parse(rules("r: [read]")),
                "kb",
                List.of(new CedarPolicy("r:read", "r", PolicyAction.READ, "permit (")),
                CedarEngine.get());

        PolicyDecision decision = policy.decide(read("act-a"));
        assertThat(decision.allowed()).isFalse();
        assertThat(decision.reason())
                .startsWith("nothing is allowed while the policy cannot be asked: Cedar refused the request: ")
                .contains("r:read");
    }

    @Test
    void cedarRefusesWhatIsNotOfItsSchema() {
        assertThat(CedarEngine.get()
                        .refusal(List.of(new CedarPolicy(
                                "r",
                                "r",
                                PolicyAction.READ,
                                "permit (principal, action, resource) when { context.x };"))))
                .hasValueSatisfying(reason -> assertThat(reason).contains("`x`"));
    }

    /** What a process does on a machine for which there is no native library. */
    public static final class OnAForeignMachine {

        public static void main(String[] arguments) throws LanguageException {
            CompiledPolicy policy = forGraph(rules("r: [read]"));
            for (int i = 0; i < 2; i++) {
                PolicyDecision decision = policy.decide(read("act-a"));
                System.out.println(decision.allowed() + " " + decision.reason());
            }
            try {
                forGraph(rules("r: [graph_list]"));
            } catch (LanguageException e) {
                System.out.println(e.getMessage());
            }
        }
    }

    @Test
    void withoutTheNativeLibraryBundlesAreCheckedAndEverythingIsDenied() {
        try (ChildJvm jvm = ChildJvm.start(List.of("-Dos.arch=riscv64"), OnAForeignMachine.class)) {
            String denial = "false nothing is allowed while the policy cannot be asked:"
                    + " the native library of Cedar cannot be loaded on Linux riscv64: ";
            assertThat(jvm.awaitLine()).startsWith(denial);
            assertThat(jvm.awaitLine()).startsWith(denial);
            assertThat(jvm.awaitLine()).contains("`graph_list` is about the server");
            assertThat(jvm.awaitExit()).isZero();
        }
    }

    /** A bundle with a rule for group t for each {@code id: actions}. */
    private static String rules(String... grants) {
        StringBuilder source = new StringBuilder(HEAD).append("rules:\n");
        for (String grant : grants) {
            int colon = grant.indexOf(": ");
            source.append("- {id: ")
                    .append(grant, 0, colon)
                    .append(", allow: {actors: {group: t}, actions")
                    .append(grant.substring(colon))
                    .append("}}\n");
        }
        return source.toString();
    }

    private static PolicyRequest read(String actor) {
        return new PolicyRequest(actor, PolicyAction.READ, Optional.of("main"), Optional.empty());
    }

    private static PolicyRequest request(String actor, PolicyAction action) {
        return new PolicyRequest(actor, action, Optional.empty(), Optional.empty());
    }

    private static CompiledPolicy forGraph(String source) throws LanguageException {
        return PolicyCompiler.forGraph(parse(source), "kb");
    }

    private static PolicyBundle parse(String source) throws LanguageException {
        return PolicyBundle.parse(source.getBytes(StandardCharsets.UTF_8));
    }

    private static void assertRefused(ThrowingCallable compile, String message) {
        assertThatThrownBy(compile).isInstanceOf(LanguageException.class).hasMessageContaining(message);
    }
}
