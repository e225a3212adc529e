package dev.omnigraph.controlplane.command;

import dev.omnigraph.controlplane.config.HeaderLoad;
import dev.omnigraph.controlplane.diagnostic.DiagnosticCode;
import dev.omnigraph.controlplane.fault.InjectedFaultException;
import dev.omnigraph.controlplane.instance.Liveness;
import dev.omnigraph.controlplane.instance.Sign;
import dev.omnigraph.controlplane.ledger.ClusterLock;
import dev.omnigraph.controlplane.ledger.ControlKeys;
import dev.omnigraph.controlplane.ledger.LockObservation;
import dev.omnigraph.controlplane.ledger.LockRemoval;
import dev.omnigraph.controlplane.session.ClusterContext;
import dev.omnigraph.controlplane.session.CommandReport;
import dev.omnigraph.controlplane.session.LockView;
import dev.omnigraph.controlplane.session.StateObservations;
import dev.omnigraph.controlplane.storage.StorageUnavailableException;
import java.util.Optional;

/**
 * Takes the lock away from a holder that is named exactly (control-plane.md 5.6). Anything but success leaves it as it was.
 */
final class ForceUnlockCommand {

    private final ClusterContext context;

    ForceUnlockCommand(ClusterContext context) {
        this.context = context;
    }

    /** @param holderSeenAlive whether the lock is taken away from a holder that gives signs of life, too */
    ForceUnlockOutput run(HeaderLoad header, String lockId, boolean holderSeenAlive) {
        CommandReport report = new CommandReport(context.root());
        report.addAll(header.diagnostics());
        report.addAll(StorageCheck.mismatch(context.root(), header.declaredStorage()));
        boolean removed = false;
        try {
            removed = !report.hasErrors()
                    && (holderSeenAlive || !isHolderAlive(lockId, report))
                    && remove(lockId, report);
        } catch (InjectedFaultException fault) {
            report.add(fault);
        } catch (StorageUnavailableException unavailable) {
            report.add(unavailable);
        }
        return new ForceUnlockOutput(header.configDir(), report.observations(), removed, report.diagnostics());
    }

    /** A lock that is not the one named is no matter of its holder: the removal tells that it is another. */
    private boolean isHolderAlive(String lockId, CommandReport report) {
        Optional<Sign> alive =
                context.presence().holder(lockId).filter(sign -> sign.liveness().mayBeAtWork());
        if (alive.isEmpty() || !isHeld(lockId, report)) {
            return false;
        }
        Sign sign = alive.get();
        report.add(
                DiagnosticCode.LOCK_HOLDER_ALIVE,
                ControlKeys.LOCK.path(),
                "the holder, instance " + sign.record().process().instance() + " on "
                        + sign.record().process().host()
                        + (sign.liveness() == Liveness.ALIVE
                                ? ", gave a sign of life " + sign.age().toSeconds() + " s ago"
                                : ", was not watched for long enough to tell whether it lives")
                        + "; the lock was left as it is");
        return true;
    }

    private boolean isHeld(String lockId, CommandReport report) {
        LockObservation lock = LockView.observe(context, report);
        return lock instanceof LockObservation.Held held
                && held.document().lockId().equals(lockId);
    }

    private boolean remove(String lockId, CommandReport report) {
        ClusterLock lock = context.lock();
        LockRemoval removal = lock.remove(lockId);
        report.observe(seen -> seen.with(removal.seen(), context.clock().instant()));
        if (removal instanceof LockRemoval.Removed) {
            report.observe(StateObservations::withLockRemoved);
            return true;
        }
        if (removal instanceof LockRemoval.AnotherId || removal instanceof LockRemoval.Moved) {
            report.add(
                    DiagnosticCode.STATE_LOCK_ID_MISMATCH,
                    ControlKeys.LOCK.path(),
                    "the lock is not the one named `" + lockId + "`; it was left as it is");
        } else if (removal instanceof LockRemoval.Failed failed) {
            report.add(
                    DiagnosticCode.STATE_LOCK_ERROR,
                    ControlKeys.LOCK.path(),
                    "the lock could not be removed: " + failed.reason());
        } else {
            reportUnusable(removal.seen(), report);
        }
        return false;
    }

    private static void reportUnusable(LockObservation seen, CommandReport report) {
        if (seen instanceof LockObservation.Unreadable unreadable) {
            report.add(unreadable.diagnostic());
        } else if (seen instanceof LockObservation.Unknown unknown) {
            throw new StorageUnavailableException("the lock cannot be looked at: " + unknown.reason());
        } else {
            report.add(
                    DiagnosticCode.STATE_LOCK_MISSING, ControlKeys.LOCK.path(), "no lock is held; nothing was changed");
        }
    }
}
