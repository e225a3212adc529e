package dev.omnigraph.controlplane.approval;

import dev.omnigraph.controlplane.json.JsonObject;
import dev.omnigraph.controlplane.ledger.Approval;
import dev.omnigraph.controlplane.ledger.WireTime;
import java.time.Instant;
import java.util.Optional;

/**
 * What only this service keeps of a decision, beside the artifact that the engine's own tool reads (control-area.md). An
 * approval with an expiry, and every rejection, lies here alone.
 *
 * @param bound what the decision is bound to, in the form of the artifact; never consumed
 * @param expiresAt from then on the approval allows nothing
 * @param planDigest the plan that the person looked at
 * @param seen what stood there then, in short; empty where a change destroys nothing that can be looked at
 * @param destroys the same for people, as the plan showed it
 * @param allowDataMovement whether the data may have changed since
 */
public record ApprovalRecord(
        Approval bound,
        Decision decision,
        Optional<String> comment,
        Optional<Instant> expiresAt,
        String planDigest,
        Optional<String> seen,
        Optional<JsonObject> destroys,
        boolean allowDataMovement,
        Optional<Revocation> revocation) {

    /**
     * That a decision was taken back.
     *
     * @param revocationId names it in the artifact's mark
     */
    public record Revocation(
            String revocationId, Optional<String> revokedBy, Instant revokedAt, Optional<String> reason) {}

    public String approvalId() {
        return bound.approvalId();
    }

    public boolean isExpired(Instant now) {
        return expiresAt.filter(end -> !now.isBefore(end)).isPresent();
    }

    /** Whether the artifact is published only at the moment of use. */
    public boolean isKeptBack() {
        return expiresAt.isPresent() || decision == Decision.REJECT;
    }

    ApprovalRecord revoked(Revocation how) {
        return new ApprovalRecord(
                bound, decision, comment, expiresAt, planDigest, seen, destroys, allowDataMovement, Optional.of(how));
    }

    /** When it was made, as people read it. */
    Optional<Instant> createdAt() {
        return WireTime.parse(bound.createdAt());
    }
}
