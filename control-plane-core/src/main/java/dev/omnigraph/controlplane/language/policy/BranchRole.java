package dev.omnigraph.controlplane.language.policy;

/** What a branch is to a request: the one it works on, or the one it changes, creates or removes. */
public enum BranchRole {
    SOURCE("branch_scope", "branch"),
    TARGET("target_branch_scope", "target_branch");

    private final String key;
    private final String attribute;

    BranchRole(String key, String attribute) {
        this.key = key;
        this.attribute = attribute;
    }

    /** The key of a rule's condition on this branch. */
    String key() {
        return key;
    }

    /** The name of this branch in the context of a Cedar request; the facts about it are named after it. */
    String attribute() {
        return attribute;
    }

    String presence() {
        return "has_" + attribute;
    }

    String protection() {
        return attribute + "_is_protected";
    }
}
