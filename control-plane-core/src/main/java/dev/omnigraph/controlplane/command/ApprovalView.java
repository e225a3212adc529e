package dev.omnigraph.controlplane.command;

import dev.omnigraph.controlplane.approval.ApprovalEntry;
import dev.omnigraph.controlplane.approval.ApprovalRecord;
import dev.omnigraph.controlplane.approval.ApprovalState;
import dev.omnigraph.controlplane.json.JsonArray;
import dev.omnigraph.controlplane.json.JsonObject;
import dev.omnigraph.controlplane.json.JsonValue;
import dev.omnigraph.controlplane.ledger.Approval;
import dev.omnigraph.controlplane.ledger.WireTime;
import dev.omnigraph.controlplane.plan.ChangeOperation;
import dev.omnigraph.controlplane.plan.GraphDestruction;
import dev.omnigraph.controlplane.plan.HistoryDestruction;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/**
 * A decision and what has become of it.
 *
 * @param moved in which respects a stale approval is not for the change as it is now
 */
public record ApprovalView(ApprovalEntry entry, ApprovalState state, List<String> moved) {

    public ApprovalView {
        moved = List.copyOf(moved);
    }

    /** Everything that is known of it. */
    public JsonObject toJson() {
        Approval bound = entry.bound();
        JsonObject.Builder json = JsonObject.builder()
                .put("approval_id", entry.id())
                .put("state", state.wire())
                .put("moved", JsonArray.ofStrings(moved))
                .put("resource", bound.resource())
                .put("operation", bound.operation())
                .put("reason", bound.reason())
                .put("bound_config_digest", bound.boundConfigDigest())
                .putOrNull("bound_before_digest", bound.boundBeforeDigest())
                .putOrNull("bound_after_digest", bound.boundAfterDigest())
                .put("approved_by", bound.approvedBy())
                .put("created_at", bound.createdAt());
        entry.record().map(ApprovalEntry.StoredRecord::approval).ifPresent(record -> addDecision(record, json));
        return json.put("recorded_here", entry.record().isPresent())
                .put("published", entry.artifact().isPresent())
                .putOrNull("reserved_for", entry.reservedFor())
                .putOrNull("consumed_at", consumption(Approval::consumedAt))
                .putOrNull("consumed_by_operation", consumption(Approval::consumedByOperation))
                .put("revocation", revocation())
                .putOrNull("damage", entry.damage())
                .build();
    }

    /** Adds what only this service keeps of a decision. */
    static void addDecision(ApprovalRecord record, JsonObject.Builder json) {
        json.put("decision", record.decision().wire())
                .putOrNull("comment", record.comment())
                .putOrNull("expires_at", record.expiresAt().map(WireTime::format))
                .put("plan_digest", record.planDigest())
                .putOrNull("seen", record.seen())
                .put(GraphDestruction.MEMBER, destroyed(record, ChangeOperation.DELETE))
                .put(HistoryDestruction.MEMBER, destroyed(record, ChangeOperation.UPDATE))
                .put("allow_data_movement", record.allowDataMovement());
    }

    /** What was shown to the person, where the decision is about a change of this kind. */
    private static JsonValue destroyed(ApprovalRecord record, ChangeOperation operation) {
        return JsonValue.orNull(
                record.destroys().filter(known -> record.bound().operation().equals(operation.wire())));
    }

    private Optional<String> consumption(Function<Approval, Optional<String>> part) {
        return entry.artifact().map(ApprovalEntry.StoredArtifact::approval).flatMap(part);
    }

    private JsonValue revocation() {
        return JsonValue.orNull(entry.record()
                .flatMap(stored -> stored.approval().revocation())
                .map(how -> JsonObject.builder()
                        .put("revocation_id", how.revocationId())
                        .putOrNull("revoked_by", how.revokedBy())
                        .put("revoked_at", WireTime.format(how.revokedAt()))
                        .putOrNull("reason", how.reason())
                        .build()));
    }
}
