package dev.omnigraph.controlplane.plan;

import java.util.List;

/** What recorded human decisions come to for one gated change. */
public sealed interface Verdict {

    /** The respect in which an approval is stale whose approver saw other data. */
    String DATA = "data";

    /** Nobody has decided about this change. */
    record Undecided() implements Verdict {}

    /** The change may be carried out, by this approval. */
    record Approved(String approvalId) implements Verdict {}

    /**
     * Somebody approved the change of this resource, but not as it is now.
     *
     * @param approvals newest first
     */
    record Stale(List<StaleApproval> approvals) implements Verdict {

        public Stale {
            approvals = List.copyOf(approvals);
        }
    }

    /** The approval is for exactly this change, but the data is not what the approver saw. */
    record DataMoved(String approvalId) implements Verdict {}

    /** The approval is for exactly this change, but the one who gave it must not apply it. */
    record OwnApproval(String approvalId) implements Verdict {}

    /** Exactly this plan was rejected. */
    record Rejected(String approvalId) implements Verdict {}

    /** An approval that does not authorise, and in which respects. */
    record StaleApproval(String approvalId, List<String> moved) {

        public StaleApproval {
            moved = List.copyOf(moved);
        }
    }

    /** Whether the change may be carried out. */
    default boolean allows() {
        return this instanceof Approved;
    }
}
