package dev.omnigraph.controlplane.ledger;

import dev.omnigraph.controlplane.json.JsonObject;
import dev.omnigraph.controlplane.json.JsonText;
import java.util.Optional;
import java.util.Set;

/**
 * An approval artifact: a recorded human decision, bound to the exact digests of one change (control-plane.md 6.2).
 *
 * @param resource the address of the change
 * @param operation {@code create}, {@code update} or {@code delete}
 * @param consumedAt set once the decision has been used
 */
public record Approval(
        String approvalId,
        String resource,
        String operation,
        String reason,
        String boundConfigDigest,
        Optional<String> boundBeforeDigest,
        Optional<String> boundAfterDigest,
        String approvedBy,
        String createdAt,
        Optional<String> consumedAt,
        Optional<String> consumedByOperation) {

    private static final Set<String> KEYS = StoredDocument.keys(
            "schema_version",
            "approval_id",
            "resource",
            "operation",
            "reason",
            "bound_config_digest",
            "bound_before_digest",
            "bound_after_digest",
            "approved_by",
            "created_at",
            "consumed_at",
            "consumed_by_operation");

    /** The same decision, not to be used any more. */
    public Approval consumed(String at, String byOperation) {
        return withConsumption(Optional.of(at), Optional.of(byOperation));
    }

    /** The same decision as it was made. */
    public Approval unconsumed() {
        return withConsumption(Optional.empty(), Optional.empty());
    }

    private Approval withConsumption(Optional<String> at, Optional<String> byOperation) {
        return new Approval(
                approvalId,
                resource,
                operation,
                reason,
                boundConfigDigest,
                boundBeforeDigest,
                boundAfterDigest,
                approvedBy,
                createdAt,
                at,
                byOperation);
    }

    /** The document as it is stored, with its final line break. */
    public String write() {
        JsonObject document = JsonObject.builder()
                .put("schema_version", StoredDocument.VERSION)
                .put("approval_id", approvalId)
                .put("resource", resource)
                .put("operation", operation)
                .put("reason", reason)
                .put("bound_config_digest", boundConfigDigest)
                .putOrNull("bound_before_digest", boundBeforeDigest)
                .putOrNull("bound_after_digest", boundAfterDigest)
                .put("approved_by", approvedBy)
                .put("created_at", createdAt)
                .putOrNull("consumed_at", consumedAt)
                .putOrNull("consumed_by_operation", consumedByOperation)
                .build();
        return JsonText.pretty(document) + "\n";
    }

    /** Reads a stored artifact strictly. */
    public static Approval read(String text) throws InvalidDocumentException {
        return StoredDocument.read(
                "the approval",
                text,
                KEYS,
                approval -> new Approval(
                        approval.requireString("approval_id"),
                        approval.requireString("resource"),
                        approval.requireString("operation"),
                        approval.requireString("reason"),
                        approval.requireString("bound_config_digest"),
                        approval.optionalString("bound_before_digest"),
                        approval.optionalString("bound_after_digest"),
                        approval.requireString("approved_by"),
                        approval.requireString("created_at"),
                        approval.optionalString("consumed_at"),
                        approval.optionalString("consumed_by_operation")));
    }
}
