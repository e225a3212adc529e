package dev.omnigraph.controlplane.storedplan;

import dev.omnigraph.controlplane.operation.OperationLife;
import dev.omnigraph.controlplane.operation.OperationOutcome;
import dev.omnigraph.controlplane.operation.OperationRecord;
import java.time.Instant;
import java.util.List;
import java.util.Locale;

/** What has become of a stored plan. */
public enum PlanState {
    /** It can be carried out, if it is still exact. */
    READY,

    /** An operation carried it out, in part at least. */
    APPLIED,

    EXPIRED,

    ABANDONED;

    public String wire() {
        return name().toLowerCase(Locale.ROOT);
    }

    /**
     * The state of a plan.
     *
     * @param operations records of the operations that were to carry it out, as far as there are any
     */
    public static PlanState of(StoredPlan plan, List<OperationRecord> operations, Instant now) {
        if (operations.stream().anyMatch(PlanState::hasCarriedOut)) {
            return APPLIED;
        } else if (plan.abandoned().isPresent()) {
            return ABANDONED;
        }
        return now.isBefore(plan.expiresAt()) ? READY : EXPIRED;
    }

    private static boolean hasCarriedOut(OperationRecord operation) {
        return operation
                .ended()
                .map(OperationLife.Ended::ending)
                .filter(ending -> moves(ending.outcome()))
                .isPresent();
    }

    /** What moved nothing can be tried again; whether an interrupted one moved something shows in the ledger. */
    private static boolean moves(OperationOutcome outcome) {
        return switch (outcome) {
            case CONVERGED, PARTIALLY_CONVERGED, RECOVERY_REQUIRED -> true;
            case BLOCKED, REFUSED, FAILED, CANCELLED, INTERRUPTED -> false;
        };
    }
}
