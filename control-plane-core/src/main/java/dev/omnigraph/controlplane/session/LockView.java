package dev.omnigraph.controlplane.session;

import dev.omnigraph.controlplane.ledger.ClusterArea;
import dev.omnigraph.controlplane.ledger.LockObservation;
import dev.omnigraph.controlplane.storage.StorageUnavailableException;

/** How commands that take no lock see the one that somebody may hold. */
public final class LockView {

    private LockView() {}

    /**
     * Looks who holds the lock, if a listing showed one, and notes it in the report.
     *
     * @throws StorageUnavailableException where the storage does not answer
     */
    public static LockObservation observe(ClusterContext context, ClusterArea seen, CommandReport report) {
        return seen.isLocked() ? observe(context, report) : new LockObservation.Free();
    }

    /**
     * Looks at the lock and notes it in the report.
     *
     * @throws StorageUnavailableException where the storage does not answer
     */
    public static LockObservation observe(ClusterContext context, CommandReport report) {
        LockObservation lock = context.lock().observe();
        if (lock instanceof LockObservation.Unknown unknown) {
            throw new StorageUnavailableException("the lock cannot be looked at: " + unknown.reason());
        }
        report.observe(seen -> seen.with(lock, context.clock().instant()));
        return lock;
    }
}
