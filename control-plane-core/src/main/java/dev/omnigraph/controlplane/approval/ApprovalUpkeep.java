package dev.omnigraph.controlplane.approval;

import dev.omnigraph.controlplane.ledger.Ledger;
import dev.omnigraph.controlplane.ledger.WireTime;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * Brings artifacts in line with what was decided about them, where an operation died in between (control-area.md): a
 * revoked one is marked, one with an expiry that nobody uses is hidden from the engine's own tool again, and one that ran
 * out while an unfinished delete holds it is marked too. To be used under the lock. A step that fails is done by the next run.
 */
public final class ApprovalUpkeep {

    private final ApprovalStore approvals;
    private final Ledger ledger;
    private final Predicate<String> isHeld;
    private final Predicate<String> isUnfinished;
    private final Instant now;

    /**
     * Upkeep by what is stored now.
     *
     * @param isHeld whether a sidecar belongs to an operation that may still use what it reserved
     * @param isUnfinished whether the operation of such a sidecar is known not to have come to its end
     */
    public ApprovalUpkeep(
            ApprovalStore approvals,
            Ledger ledger,
            Predicate<String> isHeld,
            Predicate<String> isUnfinished,
            Instant now) {
        this.approvals = approvals;
        this.ledger = ledger;
        this.isHeld = isHeld;
        this.isUnfinished = isUnfinished;
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
        } else if (isKeptBack(entry)) {
            Optional<String> holder = entry.reservedFor().filter(isHeld);
            if (holder.isEmpty()) {
                steps.add(() -> approvals.takeBack(artifact));
            } else if (entry.state(ledger, now) == ApprovalState.EXPIRED && isUnfinished.test(holder.get())) {
                String mark = ApprovalEntry.EXPIRED_MARK + holder.get();
                steps.add(() -> approvals.mark(artifact, WireTime.format(now), mark));
            }
        }
    }

    private static boolean isKeptBack(ApprovalEntry entry) {
        return entry.record().filter(stored -> stored.approval().isKeptBack()).isPresent();
    }
}
