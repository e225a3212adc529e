package dev.omnigraph.controlplane.language.policy;

import java.util.Locale;
import java.util.Optional;

/** What a rule can grant (policy.md 1.1). */
public enum PolicyAction {
    READ(PolicyKind.GRAPH, BranchRole.SOURCE),
    EXPORT(PolicyKind.GRAPH, BranchRole.SOURCE),
    CHANGE(PolicyKind.GRAPH, BranchRole.SOURCE),
    SCHEMA_APPLY(PolicyKind.GRAPH, BranchRole.TARGET),
    BRANCH_CREATE(PolicyKind.GRAPH, BranchRole.TARGET),
    BRANCH_DELETE(PolicyKind.GRAPH, BranchRole.TARGET),
    BRANCH_MERGE(PolicyKind.GRAPH, BranchRole.TARGET),
    ADMIN(PolicyKind.GRAPH),
    GRAPH_LIST(PolicyKind.SERVER),
    INVOKE_QUERY(PolicyKind.GRAPH);

    private final PolicyKind kind;
    private final Optional<BranchRole> conditionalOn;

    PolicyAction(PolicyKind kind) {
        this.kind = kind;
        this.conditionalOn = Optional.empty();
    }

    PolicyAction(PolicyKind kind, BranchRole conditionalOn) {
        this.kind = kind;
        this.conditionalOn = Optional.of(conditionalOn);
    }

    /** The word that bundles write. */
    public String wire() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** What the action is about. */
    public PolicyKind kind() {
        return kind;
    }

    /** The branch that a rule which grants the action may set a condition on. */
    Optional<BranchRole> conditionalOn() {
        return conditionalOn;
    }
}
