package dev.omnigraph.controlplane.approval;

import dev.omnigraph.controlplane.document.ControlDocument;
import dev.omnigraph.controlplane.document.UnreadableDocumentException;
import dev.omnigraph.controlplane.json.JsonObject;
import dev.omnigraph.controlplane.json.JsonShapeException;
import dev.omnigraph.controlplane.json.JsonValue;
import dev.omnigraph.controlplane.json.TypedObject;
import dev.omnigraph.controlplane.ledger.Approval;
import dev.omnigraph.controlplane.ledger.WireTime;
import dev.omnigraph.controlplane.storage.StoredObject;
import java.time.Instant;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;

/** Decisions as they are stored in {@code __control/approvals/<ulid>.json}, format 1. */
final class ApprovalRecordDocument {

    private static final List<String> KEYS = List.of(
            "approval_id",
            "resource",
            "operation",
            "reason",
            "bound_config_digest",
            "bound_before_digest",
            "bound_after_digest",
            "decided_by",
            "created_at",
            "decision",
            "comment",
            "expires_at",
            "plan_digest",
            "seen",
            "destroys",
            "allow_data_movement",
            "revocation");
    private static final List<String> REVOCATION_KEYS = List.of("revocation_id", "revoked_by", "revoked_at", "reason");

    private ApprovalRecordDocument() {}

    static byte[] write(ApprovalRecord approval) {
        Approval bound = approval.bound();
        return ControlDocument.bytes(ControlDocument.begin()
                .put("approval_id", bound.approvalId())
                .put("resource", bound.resource())
                .put("operation", bound.operation())
                .put("reason", bound.reason())
                .put("bound_config_digest", bound.boundConfigDigest())
                .putOrNull("bound_before_digest", bound.boundBeforeDigest())
                .putOrNull("bound_after_digest", bound.boundAfterDigest())
                .put("decided_by", bound.approvedBy())
                .put("created_at", bound.createdAt())
                .put("decision", approval.decision().wire())
                .putOrNull("comment", approval.comment())
                .putOrNull("expires_at", approval.expiresAt().map(WireTime::format))
                .put("plan_digest", approval.planDigest())
                .putOrNull("seen", approval.seen())
                .put("destroys", JsonValue.orNull(approval.destroys()))
                .put("allow_data_movement", approval.allowDataMovement())
                .put("revocation", JsonValue.orNull(approval.revocation().map(ApprovalRecordDocument::revocation)))
                .build());
    }

    static ApprovalRecord read(StoredObject object) throws UnreadableDocumentException {
        TypedObject document = ControlDocument.parse(object, KEYS);
        try {
            return read(document);
        } catch (JsonShapeException e) {
            throw new UnreadableDocumentException("it is damaged: " + e.getMessage());
        }
    }

    private static ApprovalRecord read(TypedObject document) throws JsonShapeException {
        String decision = document.requireString("decision");
        return new ApprovalRecord(
                bound(document),
                Decision.named(decision)
                        .orElseThrow(() -> new JsonShapeException("decision", "unknown decision `" + decision + "`")),
                document.optionalString("comment"),
                document.has("expires_at") ? Optional.of(instant(document, "expires_at")) : Optional.empty(),
                document.requireString("plan_digest"),
                document.optionalString("seen"),
                destroys(document),
                document.optionalBoolean("allow_data_movement").orElse(false),
                document.has("revocation") ? Optional.of(revocation(document)) : Optional.empty());
    }

    private static Approval bound(TypedObject document) throws JsonShapeException {
        return new Approval(
                document.requireString("approval_id"),
                document.requireString("resource"),
                document.requireString("operation"),
                document.requireString("reason"),
                document.requireString("bound_config_digest"),
                document.optionalString("bound_before_digest"),
                document.optionalString("bound_after_digest"),
                document.requireString("decided_by"),
                document.requireString("created_at"),
                Optional.empty(),
                Optional.empty());
    }

    private static Optional<JsonObject> destroys(TypedObject document) throws JsonShapeException {
        Optional<JsonValue> value = document.optional("destroys");
        if (value.isPresent() && !(value.get() instanceof JsonObject)) {
            throw new JsonShapeException("destroys", "expected an object");
        }
        return value.map(JsonObject.class::cast);
    }

    private static JsonObject revocation(ApprovalRecord.Revocation revocation) {
        return JsonObject.builder()
                .put("revocation_id", revocation.revocationId())
                .putOrNull("revoked_by", revocation.revokedBy())
                .put("revoked_at", WireTime.format(revocation.revokedAt()))
                .putOrNull("reason", revocation.reason())
                .build();
    }

    private static ApprovalRecord.Revocation revocation(TypedObject document) throws JsonShapeException {
        TypedObject revocation = TypedObject.of(
                document.require("revocation"), document.child("revocation"), new LinkedHashSet<>(REVOCATION_KEYS));
        return new ApprovalRecord.Revocation(
                revocation.requireString("revocation_id"),
                revocation.optionalString("revoked_by"),
                instant(revocation, "revoked_at"),
                revocation.optionalString("reason"));
    }

    private static Instant instant(TypedObject document, String key) throws JsonShapeException {
        String text = document.requireString(key);
        return WireTime.parse(text)
                .orElseThrow(() -> new JsonShapeException(document.child(key), "`" + text + "` is no time"));
    }
}
