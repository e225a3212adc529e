package dev.omnigraph.controlplane.approval;

import dev.omnigraph.controlplane.ledger.WireTime;
import java.time.Instant;

/**
 * Says of a decision that is reserved as revoked that it is, in both places where it is stored. The reservation alone
 * decides; a step that fails here is done by the next apply.
 */
public final class Revocations {

    private final ApprovalStore approvals;

    public Revocations(ApprovalStore approvals) {
        this.approvals = approvals;
    }

    /** Keeps who revoked it, when and why; what was kept before stays. */
    public void record(ApprovalEntry entry, ApprovalRecord.Revocation how) {
        entry.record()
                .filter(stored -> stored.approval().revocation().isEmpty())
                .ifPresent(stored -> approvals.rewrite(stored.approval().revoked(how), stored));
    }

    /** Marks the artifact, so that the engine's own tool takes it as used. */
    public void mark(ApprovalEntry entry, String revocation, Instant now) {
        entry.artifact()
                .filter(stored -> !entry.isMarked())
                .ifPresent(stored ->
                        approvals.mark(stored, WireTime.format(now), ApprovalEntry.REVOKED_MARK + revocation));
    }
}
