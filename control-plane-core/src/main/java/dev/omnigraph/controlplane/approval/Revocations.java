package dev.omnigraph.controlplane.approval;

import dev.omnigraph.controlplane.ledger.WireTime;
import dev.omnigraph.controlplane.storage.PutOutcome;
import java.time.Instant;
import java.util.Optional;

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

    /**
     * Marks the artifact, so that the engine's own tool takes it as used.
     *
     * @return why it is, or may be, not marked; empty where it is, or there is none
     */
    public Optional<String> mark(ApprovalEntry entry, String revocation, Instant now) {
        if (entry.artifact().isEmpty()) {
            return entry.damage();
        }
        return entry.artifact()
                .filter(stored -> !entry.isMarked())
                .flatMap(stored ->
                        failure(approvals.mark(stored, WireTime.format(now), ApprovalEntry.REVOKED_MARK + revocation)));
    }

    private static Optional<String> failure(PutOutcome outcome) {
        if (outcome instanceof PutOutcome.Done) {
            return Optional.empty();
        } else if (outcome instanceof PutOutcome.Lost) {
            return Optional.of("it was changed meanwhile");
        }
        return Optional.of(
                outcome instanceof PutOutcome.Refused refused
                        ? refused.reason()
                        : ((PutOutcome.Unknown) outcome).reason());
    }
}
