package dev.omnigraph.controlplane.approval;

import dev.omnigraph.controlplane.ledger.Ledger;
import dev.omnigraph.controlplane.ledger.WireTime;
import dev.omnigraph.controlplane.storage.DeleteOutcome;
import dev.omnigraph.controlplane.storage.PutOutcome;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.BooleanSupplier;
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

    /**
     * Something to do. Nothing is done before it is carried out.
     *
     * @param undone what holds where that fails
     */
    public record Step(String approvalId, String undone, BooleanSupplier work) {

        /** Does it; false where it is not known to be done. The next run finds it due again. */
        public boolean carryOut() {
            return work.getAsBoolean();
        }
    }

    /** What there is to do. */
    public List<Step> due(ApprovalBook book) {
        List<Step> steps = new ArrayList<>();
        for (ApprovalEntry entry : book.entries().values()) {
            entry.artifact().filter(artifact -> !entry.isMarked()).ifPresent(artifact -> step(entry, artifact, steps));
        }
        return steps;
    }

    private void step(ApprovalEntry entry, ApprovalEntry.StoredArtifact artifact, List<Step> steps) {
        if (ledger.approvalRecords().containsKey(entry.id())) {
            steps.add(new Step(
                    entry.id(),
                    "its file could not be marked as used",
                    () -> new ConsumptionMarks(approvals).follow(entry.id(), ledger)));
        } else if (entry.reservation().orElse(null) instanceof Reservation.Revoked revoked) {
            steps.add(marking(artifact, "revoked", ApprovalEntry.REVOKED_MARK + revoked.revocation()));
        } else if (isKeptBack(entry)) {
            Optional<String> holder = entry.reservedFor().filter(isHeld);
            if (holder.isEmpty()) {
                steps.add(new Step(
                        entry.id(),
                        "its file could not be taken back",
                        () -> approvals.takeBack(artifact) instanceof DeleteOutcome.Done));
            } else if (entry.state(ledger, now) == ApprovalState.EXPIRED && isUnfinished.test(holder.get())) {
                steps.add(marking(artifact, "expired", ApprovalEntry.EXPIRED_MARK + holder.get()));
            }
        }
    }

    private Step marking(ApprovalEntry.StoredArtifact artifact, String state, String mark) {
        return new Step(
                artifact.approval().approvalId(),
                "its file could not be marked as " + state,
                () -> approvals.mark(artifact, WireTime.format(now), mark) instanceof PutOutcome.Done);
    }

    private static boolean isKeptBack(ApprovalEntry entry) {
        return entry.record().filter(stored -> stored.approval().isKeptBack()).isPresent();
    }
}
