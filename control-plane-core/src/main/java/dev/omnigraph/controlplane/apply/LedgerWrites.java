package dev.omnigraph.controlplane.apply;

import dev.omnigraph.controlplane.diagnostic.DiagnosticCode;
import dev.omnigraph.controlplane.ledger.ControlKeys;
import dev.omnigraph.controlplane.ledger.LedgerStore;
import dev.omnigraph.controlplane.ledger.LedgerWrite;
import dev.omnigraph.controlplane.ledger.StoredLedger;
import dev.omnigraph.controlplane.parallel.Pending;
import dev.omnigraph.controlplane.session.ClusterContext;
import dev.omnigraph.controlplane.session.CommandReport;
import dev.omnigraph.controlplane.session.LockedSection;
import java.util.Optional;

/** What comes before a guarded write of the ledger, and after. */
public final class LedgerWrites {

    private LedgerWrites() {}

    /**
     * Puts a ledger that is to be replaced into history, and proves at the same time that the command may replace it.
     *
     * @return empty where it may not, which the report then says
     */
    public static Optional<LedgerStore.Kept> keepAndProve(
            ClusterContext context, StoredLedger base, LockedSection lock, CommandReport report) {
        Pending<LedgerStore.Kept> kept =
                context.workers().begin(() -> context.ledgers().keep(base));
        boolean mayAct = lock.mayAct(report);
        LedgerStore.Kept ended = kept.get(); // nothing of a command is under way when it ends
        return mayAct ? Optional.of(ended) : Optional.empty();
    }

    /** The ledger as it is stored now; empty where it was not written, which the report then says. */
    public static Optional<StoredLedger> report(LedgerWrite write, LockedSection lock, CommandReport report) {
        if (write instanceof LedgerWrite.Written written) {
            return Optional.of(written.stored());
        }
        if (write instanceof LedgerWrite.Lost) {
            report.add(
                    DiagnosticCode.STATE_CAS_MISMATCH,
                    ControlKeys.STATE.path(),
                    "the ledger was changed by somebody else since this command read it; it was not written");
        } else if (write instanceof LedgerWrite.Refused refused) {
            report.add(
                    DiagnosticCode.STATE_WRITE_ERROR,
                    ControlKeys.STATE.path(),
                    "the ledger could not be written: " + refused.reason());
        } else if (write instanceof LedgerWrite.Unknown unknown) {
            lock.keepHeld();
            report.add(
                    DiagnosticCode.STORAGE_UNAVAILABLE,
                    ControlKeys.STATE.path(),
                    "whether the ledger was written is not known: " + unknown.reason()
                            + "; the lock stays held, because the write may still land");
        }
        return Optional.empty();
    }
}
