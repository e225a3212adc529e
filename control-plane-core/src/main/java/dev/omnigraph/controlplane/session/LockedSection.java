package dev.omnigraph.controlplane.session;

import dev.omnigraph.controlplane.diagnostic.DiagnosticCode;
import dev.omnigraph.controlplane.ledger.ClusterLock;
import dev.omnigraph.controlplane.ledger.ControlKeys;
import dev.omnigraph.controlplane.ledger.HeldLock;
import dev.omnigraph.controlplane.ledger.LockAttempt;
import dev.omnigraph.controlplane.ledger.LockObservation;
import dev.omnigraph.controlplane.operation.FreezeRead;
import dev.omnigraph.controlplane.operation.FreezeStore;
import dev.omnigraph.controlplane.storage.StorageUnavailableException;
import java.util.Optional;

/**
 * The part of a command that runs under the lock. Closing it releases the lock if it is still ours, unless the lock was
 * told to stay because something may still land.
 */
public final class LockedSection implements AutoCloseable {

    private final HeldLock lock;
    private final OwnLocks ownLocks;
    private boolean staysHeld;

    private LockedSection(HeldLock lock, OwnLocks ownLocks) {
        this.lock = lock;
        this.ownLocks = ownLocks;
        ownLocks.add(lock.id());
    }

    /**
     * Takes the lock for a command that changes the cluster; where it cannot be had, or the cluster is frozen, the report
     * says why and the result is empty. The freeze is looked at under the lock: whoever froze the cluster and then finds
     * the lock free knows that nothing more begins.
     *
     * @throws StorageUnavailableException where it is not known whether the lock was stored, or the cluster is frozen
     */
    public static Optional<LockedSection> enter(ClusterContext context, String operation, CommandReport report) {
        Optional<LockedSection> entered = enterThoughFrozen(context, operation, report);
        if (entered.isPresent() && isFrozen(context, report, entered.get())) {
            entered.get().close();
            return Optional.empty();
        }
        return entered;
    }

    /**
     * As {@link #enter}, for what a freeze does not stop.
     *
     * @throws StorageUnavailableException where it is not known whether the lock was stored
     */
    public static Optional<LockedSection> enterThoughFrozen(
            ClusterContext context, String operation, CommandReport report) {
        ClusterLock lock = context.lock();
        LockAttempt attempt = acquire(lock, context, operation);
        if (attempt instanceof LockAttempt.Acquired acquired) {
            report.observe(seen -> seen.withAcquired(acquired.lock().id()));
            return Optional.of(new LockedSection(acquired.lock(), context.ownLocks()));
        }
        if (attempt instanceof LockAttempt.HeldByAnother held) {
            report.observe(seen -> seen.with(held.holder(), context.clock().instant()));
            report.add(DiagnosticCode.STATE_LOCK_HELD, ControlKeys.LOCK.path(), heldMessage(held.holder()));
            return Optional.empty();
        }
        if (attempt instanceof LockAttempt.Refused refused) {
            report.add(
                    DiagnosticCode.STATE_LOCK_ERROR,
                    ControlKeys.LOCK.path(),
                    "the lock could not be stored: " + refused.reason() + "; nothing was changed");
            return Optional.empty();
        }
        throw new StorageUnavailableException(
                "whether the lock was stored is not known: " + ((LockAttempt.Unknown) attempt).reason());
    }

    private static boolean isFrozen(ClusterContext context, CommandReport report, LockedSection section) {
        FreezeRead freeze = new FreezeStore(context.store()).read();
        if (freeze instanceof FreezeRead.Unavailable unavailable) {
            section.close();
            throw new StorageUnavailableException(
                    "whether the cluster is frozen is not known: " + unavailable.reason());
        }
        freeze.refusal()
                .ifPresent(reason -> report.add(
                        DiagnosticCode.CLUSTER_FROZEN, ControlKeys.FREEZE.path(), reason + "; nothing was changed"));
        return freeze.refusal().isPresent();
    }

    private static LockAttempt acquire(ClusterLock lock, ClusterContext context, String operation) {
        try {
            return lock.acquire(operation, context.settings().lockWait());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return new LockAttempt.HeldByAnother(lock.observe());
        }
    }

    private static String heldMessage(LockObservation holder) {
        if (holder instanceof LockObservation.Held held) {
            return "the cluster is locked by a running " + held.document().operation() + " since "
                    + held.document().createdAt()
                    + "; nothing was changed. If that process is dead, run force-unlock "
                    + held.document().lockId();
        }
        return "the cluster is locked, and the lock does not say by whom; nothing was changed";
    }

    /** Whether the next effect is still ours to make; where it is not, the report says so. */
    public boolean mayAct(CommandReport report) {
        if (lock.isStillOurs()) {
            return true;
        }
        report.add(
                DiagnosticCode.STATE_LOCK_ERROR,
                ControlKeys.LOCK.path(),
                "the lock that this command held is gone or has another holder; the command stopped before its next"
                        + " step, and the ledger was not written");
        return false;
    }

    /** A write of this command may still land: nobody else is to start before a person has looked. */
    public void keepHeld() {
        staysHeld = true;
    }

    @Override
    public void close() {
        if (!staysHeld) {
            lock.release();
        }
        ownLocks.remove(lock.id());
    }
}
