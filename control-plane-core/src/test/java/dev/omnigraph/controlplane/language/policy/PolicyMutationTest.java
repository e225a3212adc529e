package dev.omnigraph.controlplane.language.policy;

import static org.assertj.core.api.Assertions.assertThat;

import dev.omnigraph.controlplane.language.LanguageException;
import dev.omnigraph.controlplane.language.yaml.YamlReader;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Whatever the bundle, it is compiled or refused, it comes soon, and Cedar decides as policy.md 4 says. */
class PolicyMutationTest {

    private static final int MUTATIONS_PER_SEED = 1_000;
    private static final int REQUESTS_PER_BUNDLE = 4;

    private static final String SAMPLE = """
            version: 1
            groups: { t: [act-a, act-b], adm: [act-a], "é": ['x y'] }
            protected_branches: [main, "rel\\n1"]
            rules:
              - { id: b, allow: { actors: { group: t }, actions: [read, export], branch_scope: any } }
              - { id: a, allow: { actors: { group: adm }, actions: [read, change], branch_scope: protected } }
              - { id: c, allow: { actors: { group: t }, actions: [change], branch_scope: unprotected } }
              - { id: d, allow: { actors: { group: adm }, actions: [schema_apply, branch_merge], target_branch_scope: protected } }
              - { id: e, allow: { actors: { group: t }, actions: [branch_create, schema_apply], target_branch_scope: unprotected } }
              - { id: f, allow: { actors: { group: "é" }, actions: [invoke_query, admin] } }
            """;

    private static final List<String> FRAGMENTS = List.of(
            "\n",
            " ",
            "  - ",
            ": ",
            "{",
            "}",
            "[",
            "]",
            ",",
            "\"",
            "'",
            "\\x01",
            "\\",
            "*t",
            "&t ",
            "!x ",
            "#",
            "---\n",
            "|",
            "~",
            "null",
            "t",
            "adm",
            "main",
            "read",
            "graph_list",
            "schema_apply",
            "any",
            "protected",
            "unprotected",
            "branch_scope",
            "target_branch_scope",
            "act-a",
            "1",
            "\t",
            "\u00a0",
            "\uD83D\uDE00",
            "\\ud800",
            "\\0");

    static IntStream seeds() {
        return IntStream.range(0, 4);
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void mutatedBundlesAreRefusedOrDecideAsSpecified(int seed) {
        Random random = new Random(seed);
        int compiled = 0;
        for (int i = 0; i < MUTATIONS_PER_SEED; i++) {
            String source = SAMPLE;
            for (int edits = 1 + random.nextInt(3); edits > 0; edits--) {
                source = mutate(source, random);
            }
            compiled += check(source, random) ? 1 : 0;
        }
        assertThat(compiled).as("bundles that still compile").isGreaterThan(MUTATIONS_PER_SEED / 20);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "groups: {",
                "groups: [",
                "rules:\n- ",
                "protected_branches: [a, ",
                "x: ",
                "rules: [{id: a, ",
                "\n",
                "\""
            })
    void theLongestBundlesAreAnsweredSoon(String repeated) {
        String source = "version: 1\n" + repeated.repeat((YamlReader.MAX_CHARACTERS - 100) / repeated.length());

        Assertions.assertTimeoutPreemptively(Duration.ofSeconds(20), () -> check(source, new Random(0)));
    }

    private static boolean check(String source, Random random) {
        PolicyBundle bundle;
        CompiledPolicy policy;
        try {
            bundle = PolicyBundle.parse(source.getBytes(StandardCharsets.UTF_8));
            policy = PolicyCompiler.forGraph(bundle, "kb");
        } catch (LanguageException e) {
            assertThat(e.position()).as(e.getMessage()).isPresent();
            assertThat(e.getMessage()).as(source).doesNotContain("Cedar does not take");
            return false;
        }
        for (int i = 0; i < REQUESTS_PER_BUNDLE; i++) {
            PolicyRequest request = request(bundle, random);
            assertThat(policy.decide(request).rule())
                    .as("%s in%n%s", request, source)
                    .isEqualTo(expected(bundle, request));
        }
        return true;
    }

    /** The rule that policy.md 4 names, without Cedar. */
    private static Optional<String> expected(PolicyBundle bundle, PolicyRequest request) {
        return bundle.rules().stream()
                .filter(rule -> bundle.groups().get(rule.group().value()).contains(request.actor()))
                .filter(rule -> rule.actions().stream().anyMatch(action -> action.value() == request.action()))
                .filter(rule ->
                        rule.condition().isEmpty() || holds(rule.condition().get(), bundle, request))
                .map(rule -> rule.id().value())
                .min((left, right) -> Arrays.compareUnsigned(
                        left.getBytes(StandardCharsets.UTF_8), right.getBytes(StandardCharsets.UTF_8)));
    }

    private static boolean holds(BranchCondition condition, PolicyBundle bundle, PolicyRequest request) {
        Optional<String> branch = condition.role() == BranchRole.SOURCE ? request.branch() : request.targetBranch();
        return switch (condition.scope()) {
            case ANY -> true;
            case PROTECTED ->
                branch.filter(bundle.protectedBranches()::contains).isPresent();
            case UNPROTECTED ->
                branch.filter(name -> !bundle.protectedBranches().contains(name))
                        .isPresent();
        };
    }

    private static PolicyRequest request(PolicyBundle bundle, Random random) {
        List<String> actors = new ArrayList<>(List.of("act-a", "nobody"));
        bundle.groups().values().forEach(actors::addAll);
        PolicyAction[] actions = PolicyAction.values();
        return new PolicyRequest(
                actors.get(random.nextInt(actors.size())),
                actions[random.nextInt(actions.length)],
                branch(bundle, random),
                branch(bundle, random));
    }

    private static Optional<String> branch(PolicyBundle bundle, Random random) {
        List<String> branches = new ArrayList<>(bundle.protectedBranches());
        branches.add("feature");
        int index = random.nextInt(branches.size() + 1);
        return index == branches.size() ? Optional.empty() : Optional.of(branches.get(index));
    }

    private static String mutate(String source, Random random) {
        int from = random.nextInt(source.length() + 1);
        int to = Math.min(source.length(), from + random.nextInt(6));
        String fragment = FRAGMENTS.get(random.nextInt(FRAGMENTS.size()));
        return switch (random.nextInt(4)) {
            case 0 -> source.substring(0, from) + source.substring(to);
            case 1 -> source.substring(0, from) + fragment + source.substring(from);
            case 2 -> source.substring(0, from) + fragment + source.substring(to);
            default -> source.substring(0, to) + source.substring(from);
        };
    }
}
