package dev.omnigraph.controlplane.session;

import dev.omnigraph.controlplane.diagnostic.DiagnosticCode;
import dev.omnigraph.controlplane.fault.InjectedFaultException;
import dev.omnigraph.controlplane.ledger.ClusterLock;
import dev.omnigraph.controlplane.ledger.ControlArea;
import dev.omnigraph.controlplane.ledger.ControlKeys;
import dev.omnigraph.controlplane.ledger.HeldLock;
import dev.omnigraph.controlplane.ledger.LockAttempt;
import dev.omnigraph.controlplane.ledger.LockObservation;
import dev.omnigraph.controlplane.ledger.LockRemoval;
import dev.omnigraph.controlplane.operation.FreezeRead;
import dev.omnigraph.controlplane.operation.FreezeStore;
import dev.omnigraph.controlplane.parallel.Pending;
import dev.omnigraph.controlplane.storage.DeleteOutcome;
import dev.omnigraph.controlplane.storage.StorageUnavailableException;
import java.time.Instant;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * The part of a command that runs under the lock. Closing it releases the lock if it is still ours, unless the lock was
 * told to stay because something may still land.
 */
public final class LockedSection implements AutoCloseable {

    private final ClusterContext context;
    private final HeldLock lock;
    private final RunListener listener;
    private final CommandReport report;
    private boolean staysHeld;
    private boolean closed;

    private LockedSection(ClusterContext context, HeldLock lock, RunListener listener, CommandReport report) {
        this.context = context;
        this.lock = lock;
        this.listener = listener;
        this.report = report;
        context.memory().locks().add(lock.id());
    }

    /**
     * Does the work of a command that changes the cluster. The freeze is looked at under the lock: whoever froze the cluster
     * and then finds the lock free knows that nothing more begins.
     *
     * @return what the work makes; empty too where the lock cannot be had, the cluster is frozen, the storage does not
     *     answer or an armed fault point ends the command: the report says so
     */
    public static <T> Optional<T> during(
            ClusterContext context,
            String operation,
            RunListener listener,
            CommandReport report,
            Function<LockedSection, Optional<T>> work) {
        return run(() -> enter(context, operation, listener, report), report, work);
    }

    /**
     * As {@link #during}, for work that begins with a look at everything: the listings for it and the one that shows a freeze
     * are asked for at the same time, under the lock.
     */
    public static <T> Optional<T> duringWithSight(
            ClusterContext context, String operation, RunListener listener, CommandReport report, SightedWork<T> work) {
        return run(() -> enterThoughFrozen(context, operation, listener, report), report, lock -> {
            Sight sight = Sight.begin(context);
            ControlArea control = ControlArea.look(context.store());
            return control.hasFreeze() && isFrozen(context, report) ? Optional.empty() : work.run(lock, control, sight);
        });
    }

    /** Work under the lock, on what was seen there. */
    @FunctionalInterface
    public interface SightedWork<T> {

        Optional<T> run(LockedSection lock, ControlArea control, Sight sight);
    }

    /** As {@link #during}, for what a freeze does not stop. */
    public static <T> Optional<T> duringFreeze(
            ClusterContext context,
            String operation,
            RunListener listener,
            CommandReport report,
            Function<LockedSection, Optional<T>> work) {
        return run(() -> enterThoughFrozen(context, operation, listener, report), report, work);
    }

    private static <T> Optional<T> run(
            Supplier<Optional<LockedSection>> entry, CommandReport report, Function<LockedSection, Optional<T>> work) {
        try {
            Optional<LockedSection> entered = entry.get();
            if (entered.isEmpty()) {
                return Optional.empty();
            }
            try (LockedSection lock = entered.get()) {
                return work.apply(lock);
            }
        } catch (InjectedFaultException fault) {
            report.add(fault);
        } catch (StorageUnavailableException unavailable) {
            report.add(unavailable);
        }
        return Optional.empty();
    }

    static Optional<LockedSection> enter(
            ClusterContext context, String operation, RunListener listener, CommandReport report) {
        Optional<LockedSection> entered = enterThoughFrozen(context, operation, listener, report);
        boolean stays = false;
        try {
            stays = entered.isPresent() && !isFrozen(context, report);
        } finally {
            if (!stays) {
                entered.ifPresent(LockedSection::close);
            }
        }
        return stays ? entered : Optional.empty();
    }

    private static Optional<LockedSection> enterThoughFrozen(
            ClusterContext context, String operation, RunListener listener, CommandReport report) {
        Instant deadline = context.clock().instant().plus(context.settings().lockWait());
        try {
            if (!context.memory().locks().awaitTurn(context.settings().lockWait())) {
                return refused(context, context.lock().observe(), report);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return refused(context, context.lock().observe(), report);
        }
        Optional<LockedSection> entered = Optional.empty();
        try {
            entered = take(context, operation, deadline, listener, report);
            return entered;
        } finally {
            if (entered.isEmpty()) {
                context.memory().locks().endTurn();
            }
        }
    }

    private static Optional<LockedSection> take(
            ClusterContext context, String operation, Instant deadline, RunListener listener, CommandReport report) {
        ClusterLock lock = context.lock();
        String lockId = lock.newId();
        if (!context.presence().announceLock(lockId)) {
            reportTakenOver(report);
            return Optional.empty();
        }
        LockAttempt attempt = acquire(context, lock, lockId, operation, deadline);
        if (attempt instanceof LockAttempt.Acquired acquired) {
            report.observe(seen -> seen.withAcquired(lockId));
            return Optional.of(new LockedSection(context, acquired.lock(), listener, report));
        }
        if (attempt instanceof LockAttempt.Unknown unknown) {
            // The announcement stays, so that a later start knows whose lock it is if it stands there after all.
            context.memory().locks().leaveOver(lockId);
            throw new StorageUnavailableException("whether the lock was stored is not known: " + unknown.reason());
        }
        context.presence().forgetLock();
        if (attempt instanceof LockAttempt.Refused refused) {
            report.add(
                    DiagnosticCode.STATE_LOCK_ERROR,
                    ControlKeys.LOCK.path(),
                    "the lock could not be stored: " + refused.reason() + "; nothing was changed");
            return Optional.empty();
        }
        return refused(context, ((LockAttempt.HeldByAnother) attempt).holder(), report);
    }

    private static LockAttempt acquire(
            ClusterContext context, ClusterLock lock, String lockId, String operation, Instant deadline) {
        try {
            takeBackLeftOver(context.memory().locks(), lock);
            return lock.acquire(lockId, operation, deadline);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return new LockAttempt.HeldByAnother(lock.observe());
        }
    }

    /** A lock of ours whose answer was lost may stand there, and no command of ours holds it: nobody waits for it. */
    private static void takeBackLeftOver(OwnLocks locks, ClusterLock lock) {
        if (locks.hasLeftOver()
                && lock.observe() instanceof LockObservation.Held held
                && locks.isLeftOver(held.document().lockId())
                && lock.remove(held.document().lockId()) instanceof LockRemoval.Removed) {
            locks.settle(held.document().lockId());
        }
    }

    private static Optional<LockedSection> refused(
            ClusterContext context, LockObservation holder, CommandReport report) {
        report.observe(seen -> seen.with(holder, context.clock().instant()));
        report.add(DiagnosticCode.STATE_LOCK_HELD, ControlKeys.LOCK.path(), heldMessage(holder));
        return Optional.empty();
    }

    private static void reportTakenOver(CommandReport report) {
        report.add(
                DiagnosticCode.INSTANCE_TAKEN_OVER,
                "control-plane.instance-id",
                "another process has the name of this instance now; this one stopped before its next step");
    }

    private static boolean isFrozen(ClusterContext context, CommandReport report) {
        FreezeRead freeze = new FreezeStore(context.store()).read();
        if (freeze instanceof FreezeRead.Unavailable unavailable) {
            throw new StorageUnavailableException(
                    "whether the cluster is frozen is not known: " + unavailable.reason());
        }
        freeze.refusal()
                .ifPresent(reason -> report.add(
                        DiagnosticCode.CLUSTER_FROZEN, ControlKeys.FREEZE.path(), reason + "; nothing was changed"));
        return freeze.refusal().isPresent();
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

    /**
     * Whether the next effect is still ours to make: nobody has taken this instance over, the operation's record is ours,
     * and so is the lock; the two are looked at at the same time. Where it is not, or that is not known, the report says so.
     */
    public boolean mayAct(CommandReport report) {
        Pending<Boolean> held;
        try {
            if (!context.presence().isStillOurs()) {
                reportTakenOver(report);
                return false;
            }
            held = context.workers().begin(lock::isStillOurs);
            listener.proveOurs();
        } catch (StorageUnavailableException unavailable) {
            report.add(unavailable);
            return false;
        }
        if (held.get()) {
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
        if (closed) {
            return;
        }
        closed = true;
        OwnLocks locks = context.memory().locks();
        try {
            if (staysHeld) {
                context.presence().disownLock();
            } else {
                release(locks);
            }
        } finally {
            // Whatever goes wrong with the lock, the next command of this process gets its turn.
            locks.remove(lock.id());
            locks.endTurn();
        }
    }

    private void release(OwnLocks locks) {
        DeleteOutcome released = lock.release();
        if (released instanceof DeleteOutcome.Refused refused) {
            leaveOver(locks, refused.reason());
        } else if (released instanceof DeleteOutcome.Unknown unknown) {
            leaveOver(locks, unknown.reason());
        } else {
            context.presence().forgetLock();
        }
    }

    private void leaveOver(OwnLocks locks, String reason) {
        locks.leaveOver(lock.id());
        report.add(
                DiagnosticCode.STATE_LOCK_NOT_RELEASED,
                ControlKeys.LOCK.path(),
                "the command ended, and whether its lock " + lock.id() + " is released is not known: " + reason
                        + "; this changes nothing of what the command did");
    }
}
