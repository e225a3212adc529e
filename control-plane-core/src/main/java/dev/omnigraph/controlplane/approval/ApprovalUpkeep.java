package dev.omnigraph.controlplane.approval;

import dev.omnigraph.controlplane.ledger.Ledger;
import dev.omnigraph.controlplane.ledger.WireTime;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;

/**
 * Brings artifacts in line with what was decided about them, where an operation died in between (control-area.md): a
 * revoked one is marked, one with an expiry that nobody uses is hidden from the engine's own tool again. To be used under
 * the lock. A step that fails is done by the next run.
 */
public final class ApprovalUpkeep {

    private final ApprovalStore approvals;
    private final Ledger ledger;
    private final Predicate<String> isHeld;
    private final Instant now;

    /** @param isHeld whether a sidecar belongs to an operation that may still use what it reserved */
    public ApprovalUpkeep(ApprovalStore approvals, Ledger ledger, Predicate<String> isHeld, Instant now) {
        this.approvals = approvals;
        this.ledger = ledger;
        this.isHeld = isHeld;
        this.now = now;
    }

    /** What there is to do; nothing is done before a step is run. */
    public List<Runnable> due(ApprovalBook book) {
        List<Runnable> steps = new ArrayList<>();
        for (ApprovalEntry entry : book.entries().values()) {
            entry.artifact().filter(artifact -> !entry.isMarked()).ifPresent(artifact -> step(entry, artifact, steps));
        }
        return steps;
    }

    private void step(ApprovalEntry entry, ApprovalEntry.StoredArtifact artifact, List<Runnable> steps) {
        if (ledger.approvalRecords().containsKey(entry.id())) {
            steps.add(() -> new ConsumptionMarks(approvals).follow(entry.id(), ledger));
        } else if (entry.reservation().orElse(null) instanceof Reservation.Revoked revoked) {
            String mark = ApprovalEntry.REVOKED_MARK + revoked.revocation();
            steps.add(() -> approvals.mark(artifact, WireTime.format(now), mark));
        } else if (isKeptBack(entry) && entry.reservedFor().filter(isHeld).isEmpty()) {
            steps.add(() -> approvals.takeBack(artifact));
        }
    }

    private static boolean isKeptBack(ApprovalEntry entry) {
        return entry.record().filter(stored -> stored.approval().isKeptBack()).isPresent();
    }
}
