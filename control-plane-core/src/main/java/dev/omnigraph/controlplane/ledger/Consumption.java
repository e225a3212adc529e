package dev.omnigraph.controlplane.ledger;

import dev.omnigraph.controlplane.json.JsonObject;
import java.time.Instant;
import java.util.Optional;

/**
 * That an approval was used (control-plane.md 4.5).
 *
 * @param operationId the sidecar of the operation that used it
 */
public record Consumption(String approvalId, String operationId) {

    /** The use that a sidecar stands for, where its operation needed an approval. */
    public static Optional<Consumption> of(Sidecar sidecar) {
        return sidecar.approvalId().map(approval -> new Consumption(approval, sidecar.operationId()));
    }

    /** The ledger with this use on record; one that is on record already stays as it is. */
    public Ledger recordedIn(Ledger ledger, Instant now) {
        return ledger.approvalRecords().containsKey(approvalId)
                ? ledger
                : ledger.edit()
                        .putApprovalRecord(approvalId, record(WireTime.format(now), operationId))
                        .build();
    }

    /** What the ledger records of an approval that was used. */
    public static JsonObject record(String consumedAt, String consumedByOperation) {
        return JsonObject.builder()
                .put("consumed_at", consumedAt)
                .put("consumed_by_operation", consumedByOperation)
                .build();
    }
}
