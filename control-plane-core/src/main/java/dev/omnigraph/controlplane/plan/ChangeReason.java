package dev.omnigraph.controlplane.plan;

import java.util.Locale;

/** Why a change is deferred or blocked: a stable word, and a sentence for a person. */
public enum ChangeReason {
    APPLY_UNSUPPORTED_KIND("this kind of change cannot be applied"),
    APPROVAL_REJECTED("somebody has rejected exactly this plan; the rejection has to be revoked first"),
    APPROVAL_REQUIRED("the change destroys data and needs an approval bound to exactly this change"),
    APPROVAL_STALE("somebody approved that the drops remove data for good, but not of the change as it is now;"
            + " approve it anew or revoke the approval"),
    CLUSTER_RECOVERY_PENDING("an interrupted operation on the graph has not been resolved yet"),
    DEPENDENCY_NOT_APPLIED("something that the resource depends on was not applied"),
    GRAPH_DELETE_FAILED("deleting the graph failed"),
    GRAPH_CREATE_FAILED("creating the graph failed"),
    GRAPH_MISSING("the graph is recorded as applied, but nothing is stored at its root;"
            + " restore it, or run refresh to accept the loss"),
    GRAPH_MOVED("the graph is not any more what the change was planned from"),
    SECOND_PERSON_REQUIRED("the change has to be applied by somebody else than the one who approved it"),
    SCHEMA_APPLY_FAILED("migrating the graph to the schema failed"),
    SCHEMA_APPLY_UNSUPPORTED(
            "no migration leads from the schema of the graph to the declared one; nothing was changed");

    private final String explanation;

    ChangeReason(String explanation) {
        this.explanation = explanation;
    }

    /** The word of the wire format, which is also the condition of a stored status. */
    public String wire() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** The same for a person; it completes "The change is blocked:". */
    public String explanation() {
        return explanation;
    }
}
