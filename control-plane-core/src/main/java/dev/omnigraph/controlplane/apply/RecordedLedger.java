package dev.omnigraph.controlplane.apply;

import dev.omnigraph.controlplane.diagnostic.DiagnosticCode;
import dev.omnigraph.controlplane.fault.FaultPoint;
import dev.omnigraph.controlplane.fault.InjectedFaultException;
import dev.omnigraph.controlplane.ledger.Ledger;
import dev.omnigraph.controlplane.ledger.LedgerStore;
import dev.omnigraph.controlplane.ledger.StoredLedger;
import dev.omnigraph.controlplane.session.ClusterContext;
import dev.omnigraph.controlplane.session.CommandReport;
import dev.omnigraph.controlplane.session.LockedSection;
import java.util.Optional;

/** The ledger as it is stored for one run of apply, which alone writes it. Not thread-safe. */
final class RecordedLedger {

    private final ClusterContext context;
    private final LockedSection lock;
    private final CommandReport report;
    private StoredLedger stored;
    private boolean written;

    RecordedLedger(ClusterContext context, StoredLedger found, LockedSection lock, CommandReport report) {
        this.context = context;
        this.stored = found;
        this.lock = lock;
        this.report = report;
    }

    /** As it was found, or as this run wrote it last. */
    StoredLedger stored() {
        return stored;
    }

    /** Whether this run wrote it. */
    boolean isWritten() {
        return written;
    }

    /**
     * Writes what the ledger is to say, as the next revision, unless it says so already.
     *
     * @return whether the stored ledger says it; else the report tells why not
     */
    boolean write(Ledger after) {
        if (after.sameContentAs(stored.ledger())) {
            return true;
        }
        Optional<LedgerStore.Kept> kept = LedgerWrites.keepAndProve(context, stored, lock, report);
        if (kept.isEmpty()) {
            return false;
        }
        try {
            context.faults().reach(FaultPoint.CLUSTER_APPLY_BEFORE_STATE_WRITE);
        } catch (InjectedFaultException fault) {
            report.add(
                    DiagnosticCode.INJECTED_FAILPOINT,
                    fault.point().wire(),
                    fault.getMessage() + "; the ledger was not written");
            return false;
        }
        Ledger next = after.edit().revision(stored.ledger().nextRevision()).build();
        Optional<StoredLedger> outcome = LedgerWrites.report(context.ledgers().replace(kept.get(), next), lock, report);
        outcome.ifPresent(this::note);
        return outcome.isPresent();
    }

    private void note(StoredLedger now) {
        written = true;
        stored = now;
        report.observe(seen -> seen.with(now));
        context.faults().reach(FaultPoint.CLUSTER_APPLY_AFTER_STATE_WRITE);
    }
}
