package dev.omnigraph.controlplane.language.policy;

import static org.assertj.core.api.Assertions.assertThat;

import dev.omnigraph.controlplane.fuzz.FuzzTarget;
import dev.omnigraph.controlplane.fuzz.RecordedTexts;
import dev.omnigraph.controlplane.language.LanguageException;
import dev.omnigraph.controlplane.testing.Places;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.random.RandomGenerator;

/** Policy bundles: whatever the text, it is refused at a place inside it, or Cedar decides by it as policy.md 4 says. */
public final class PolicyFuzz implements FuzzTarget {

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

    @Override
    public String name() {
        return "policy";
    }

    @Override
    public List<String> originals() {
        return List.of(SAMPLE);
    }

    @Override
    public List<String> fragments() {
        return FRAGMENTS;
    }

    @Override
    public RecordedTexts recorded() {
        return new RecordedTexts("golden-language/policies.json", "source");
    }

    @Override
    public boolean accepts(String text, RandomGenerator random) {
        byte[] file = text.getBytes(StandardCharsets.UTF_8);
        PolicyBundle bundle;
        CompiledPolicy policy;
        try {
            bundle = PolicyBundle.parse(file);
            policy = PolicyCompiler.forGraph(bundle, "kb");
        } catch (LanguageException e) {
            Places.assertInside(e, text);
            assertThat(e.getMessage()).as(text).doesNotContain("Cedar does not take");
            return false;
        }
        for (int i = 0; i < REQUESTS_PER_BUNDLE; i++) {
            PolicyRequest request = request(bundle, random);
            assertThat(policy.decide(request).rule())
                    .as("%s in%n%s", request, text)
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

    private static PolicyRequest request(PolicyBundle bundle, RandomGenerator random) {
        List<String> actors = new ArrayList<>(List.of("act-a", "nobody"));
        bundle.groups().values().forEach(actors::addAll);
        PolicyAction[] actions = PolicyAction.values();
        return new PolicyRequest(
                actors.get(random.nextInt(actors.size())),
                actions[random.nextInt(actions.length)],
                branch(bundle, random),
                branch(bundle, random));
    }

    private static Optional<String> branch(PolicyBundle bundle, RandomGenerator random) {
        List<String> branches = new ArrayList<>(bundle.protectedBranches());
        branches.add("feature");
        int index = random.nextInt(branches.size() + 1);
        return index == branches.size() ? Optional.empty() : Optional.of(branches.get(index));
    }
}
