package dev.omnigraph.controlplane.approval;

import dev.omnigraph.controlplane.ledger.Approval;
import dev.omnigraph.controlplane.ledger.Ledger;
import dev.omnigraph.controlplane.storage.VersionTag;
import java.time.Instant;
import java.util.Optional;

/**
 * Everything that is stored of one decision.
 *
 * @param artifact what the engine's own tool sees of it; empty while it is kept back
 * @param record what only this service knows; empty for approvals that the tool wrote
 * @param reservation who got it first
 * @param damage why it cannot be used: a part of it cannot be read, or its parts contradict each other
 */
public record ApprovalEntry(
        String id,
        Optional<StoredArtifact> artifact,
        Optional<StoredRecord> record,
        Optional<Reservation> reservation,
        Optional<String> damage) {

    /** What the mark of a revoked artifact begins with. */
    static final String REVOKED_MARK = "revoked:";

    /** What the mark of an expired artifact begins with. */
    static final String EXPIRED_MARK = "expired:";

    /** An artifact with the tag that a rewrite must find. */
    public record StoredArtifact(Approval approval, VersionTag tag) {}

    /** A record with the tag that a rewrite must find. */
    public record StoredRecord(ApprovalRecord approval, VersionTag tag) {}

    /** What it is bound to; every entry has an artifact or a record. */
    public Approval bound() {
        return record.map(stored -> stored.approval().bound())
                .or(() -> artifact.map(StoredArtifact::approval))
                .orElseThrow();
    }

    public Decision decision() {
        return record.map(stored -> stored.approval().decision()).orElse(Decision.APPROVE);
    }

    /** What has become of it, as far as that can be told without a plan: never {@link ApprovalState#STALE}. */
    public ApprovalState state(Ledger ledger, Instant now) {
        if (ledger.approvalRecords().containsKey(id) || isMarkedConsumed()) {
            return ApprovalState.CONSUMED;
        }
        if (isRevoked()) {
            return ApprovalState.REVOKED;
        }
        if (isMarked(EXPIRED_MARK)
                || record.filter(stored -> stored.approval().isExpired(now)).isPresent()) {
            return ApprovalState.EXPIRED;
        }
        return decision() == Decision.REJECT ? ApprovalState.REJECTED : ApprovalState.PENDING;
    }

    /** Whether the artifact says that the approval was used. Marks of revocation and expiry are no consumptions. */
    public boolean isMarkedConsumed() {
        return isMarked() && !isMarked(REVOKED_MARK) && !isMarked(EXPIRED_MARK);
    }

    /** Whether the artifact says that it authorises nothing any more, for whatever reason. */
    public boolean isMarked() {
        return artifact.flatMap(stored -> stored.approval().consumedAt()).isPresent();
    }

    /** The sidecar that it is reserved for, if it is for one. */
    public Optional<String> reservedFor() {
        return reservation
                .filter(Reservation.ForSidecar.class::isInstance)
                .map(holder -> ((Reservation.ForSidecar) holder).sidecar());
    }

    private boolean isRevoked() {
        return reservation.filter(Reservation.Revoked.class::isInstance).isPresent()
                || record.flatMap(stored -> stored.approval().revocation()).isPresent()
                || isMarked(REVOKED_MARK);
    }

    private boolean isMarked(String beginning) {
        return artifact.flatMap(stored -> stored.approval().consumedByOperation())
                .filter(mark -> mark.startsWith(beginning))
                .isPresent();
    }
}
