package dev.omnigraph.controlplane.retention;

import dev.omnigraph.controlplane.operation.IdempotencyStore;
import java.time.Duration;

/**
 * How long things are kept.
 *
 * @param operations records of operations, from their end; at least as long as the keys that name them
 * @param idempotencyKeys keys of repeatable requests; at least as long as they stand for something
 * @param plans stored plans, from their expiry
 * @param configurations stored configurations that nothing names, from when they were stored first
 * @param ledgers so many revisions of the ledger before the present one
 */
public record RetentionPeriods(
        Duration operations, Duration idempotencyKeys, Duration plans, Duration configurations, int ledgers) {

    public RetentionPeriods {
        if (idempotencyKeys.compareTo(IdempotencyStore.KEPT) < 0) {
            throw new IllegalArgumentException("idempotency keys stand for something for " + IdempotencyStore.KEPT
                    + " and have to be kept as long, not for " + idempotencyKeys);
        }
        if (operations.compareTo(idempotencyKeys) < 0) {
            throw new IllegalArgumentException("operations have to be kept as long as the idempotency keys that name"
                    + " them, " + idempotencyKeys + ", not for " + operations);
        }
        if (plans.isNegative() || configurations.isNegative()) {
            throw new IllegalArgumentException("plans and configurations cannot be kept for less than no time, " + plans
                    + " and " + configurations);
        }
        if (ledgers < 1) {
            throw new IllegalArgumentException("at least 1 earlier ledger has to be kept, not " + ledgers);
        }
    }
}
