package dev.omnigraph.controlplane.language.policy;

import dev.omnigraph.controlplane.digest.Utf8Order;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** A bundle that decides (policy.md 4). Immutable, thread-safe. */
public final class CompiledPolicy {

    /** The id of the one server there is. */
    static final String SERVER_ID = "root";

    private final PolicyBundle bundle;
    private final String label;
    private final List<CedarPolicy> policies;
    private final CedarEngine cedar;

    /**
     * A bundle with its rules in Cedar's language.
     *
     * @param label the id of the graph that requests about a graph are about
     */
    CompiledPolicy(PolicyBundle bundle, String label, List<CedarPolicy> policies, CedarEngine cedar) {
        this.bundle = bundle;
        this.label = label;
        this.policies = List.copyOf(policies);
        this.cedar = cedar;
    }

    /**
     * Asks Cedar. What it cannot decide is denied, with the reason; nothing is thrown. Takes about two milliseconds,
     * and the first use of Cedar in a process half a second.
     */
    public PolicyDecision decide(PolicyRequest request) {
        Set<String> groups = bundle.groupsOf(request.actor());
        if (groups.isEmpty()) {
            return PolicyDecision.denied("the actor `" + request.actor() + "` is in no group of the policy");
        }
        List<CedarPolicy> granting = policies.stream()
                .filter(policy -> policy.action() == request.action())
                .toList();
        CedarEngine.Answer answer = cedar.decide(question(request, groups), granting);
        if (answer instanceof CedarEngine.Answer.Undecided undecided) {
            return PolicyDecision.denied("nothing is allowed while the policy cannot be asked: " + undecided.reason());
        }
        Set<String> permitting = ((CedarEngine.Answer.Decided) answer).permittingPolicies();
        return granting.stream()
                .filter(policy -> permitting.contains(policy.id()))
                .map(CedarPolicy::rule)
                .min(Utf8Order.COMPARATOR)
                .map(rule -> PolicyDecision.allowed(rule, "the rule `" + rule + "` grants " + describe(request)))
                .orElseGet(() -> PolicyDecision.denied("no rule grants " + describe(request)));
    }

    private CedarEngine.Question question(PolicyRequest request, Set<String> groups) {
        Map<BranchRole, CedarEngine.NamedBranch> branches = new EnumMap<>(BranchRole.class);
        for (BranchRole role : BranchRole.values()) {
            Optional<String> name = request.branchAs(role);
            name.ifPresent(branch -> branches.put(
                    role,
                    new CedarEngine.NamedBranch(
                            branch, bundle.protectedBranches().contains(branch))));
        }
        String resource = switch (request.action().kind()) {
            case GRAPH -> label;
            case SERVER -> SERVER_ID;
        };
        return new CedarEngine.Question(request.actor(), groups, request.action(), resource, branches);
    }

    private static String describe(PolicyRequest request) {
        return "`" + request.action().wire() + "`"
                + request.branch()
                        .map(branch -> " on the branch `" + branch + "`")
                        .orElse("")
                + request.targetBranch()
                        .map(branch -> " with the target branch `" + branch + "`")
                        .orElse("")
                + " to the actor `" + request.actor() + "`";
    }
}
