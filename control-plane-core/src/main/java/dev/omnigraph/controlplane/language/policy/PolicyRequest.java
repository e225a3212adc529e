package dev.omnigraph.controlplane.language.policy;

import java.util.Optional;

/**
 * Asks whether somebody may do something (policy.md 4).
 *
 * @param actor compared exactly with the members of groups
 * @param branch the branch that is worked on
 * @param targetBranch the branch that is changed, created or removed
 */
public record PolicyRequest(String actor, PolicyAction action, Optional<String> branch, Optional<String> targetBranch) {

    private static final String MAIN = "main";

    /** The request of a schema apply: the branch main is its target, whatever else is open (policy.md 6). */
    public static PolicyRequest schemaApply(String actor) {
        return new PolicyRequest(actor, PolicyAction.SCHEMA_APPLY, Optional.empty(), Optional.of(MAIN));
    }

    Optional<String> branchAs(BranchRole role) {
        return switch (role) {
            case SOURCE -> branch;
            case TARGET -> targetBranch;
        };
    }
}
