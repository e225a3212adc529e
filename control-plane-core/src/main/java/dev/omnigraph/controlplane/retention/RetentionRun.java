package dev.omnigraph.controlplane.retention;

import dev.omnigraph.controlplane.approval.ApprovalBook;
import dev.omnigraph.controlplane.approval.ApprovalStore;
import dev.omnigraph.controlplane.diagnostic.DiagnosticCode;
import dev.omnigraph.controlplane.ledger.Ledger;
import dev.omnigraph.controlplane.ledger.LedgerRead;
import dev.omnigraph.controlplane.ledger.LedgerStore;
import dev.omnigraph.controlplane.session.ClusterContext;
import dev.omnigraph.controlplane.session.CommandReport;
import dev.omnigraph.controlplane.session.LockedSection;
import dev.omnigraph.controlplane.session.RunListener;
import dev.omnigraph.controlplane.storage.ObjectStore;
import dev.omnigraph.controlplane.storage.StorageUnavailableException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;

/**
 * One run of retention under the lock. Each removal stands for itself: where a run stops, the next one goes on. The first
 * failure of a kind ends that kind. Used once, by one thread.
 */
public final class RetentionRun {

    /** A run looks at so many candidates of each kind, so that the lock is not held for hours. */
    static final int MAX_CANDIDATES = 10_000;
    /** So much of what stays is told. */
    static final int MAX_KEPT_SHOWN = 100;
    /** Whether the lock is still ours is looked at anew after so many candidates. */
    private static final int CANDIDATES_BETWEEN_CHECKS = 50;

    private final ClusterContext context;
    private final RetentionPeriods periods;
    private final LockedSection lock;
    private final CommandReport report;
    private final RunListener listener;
    private final TreeMap<String, Long> removed = new TreeMap<>();
    private final List<RetentionResult.Kept> kept = new ArrayList<>();
    private boolean more;

    public RetentionRun(
            ClusterContext context,
            RetentionPeriods periods,
            LockedSection lock,
            CommandReport report,
            RunListener listener) {
        this.context = context;
        this.periods = periods;
        this.lock = lock;
        this.report = report;
        this.listener = listener;
    }

    /**
     * Removes what is due. What the report says in addition is why something is left that is due.
     *
     * @throws StorageUnavailableException where the storage does not answer; what is not known is not removed
     */
    public void run() {
        LedgerRead read = new LedgerStore(context.store()).read();
        if (read instanceof LedgerRead.Unknown unknown) {
            throw new StorageUnavailableException("the ledger cannot be read: " + unknown.reason());
        }
        if (read instanceof LedgerRead.Unusable unusable) {
            report.add(unusable.diagnostic());
            return;
        }
        for (Keeping keeping : keepings(read)) {
            if (!remove(keeping)) {
                return;
            }
        }
    }

    /** What came of it so far. */
    public RetentionResult result() {
        return new RetentionResult(removed, kept, more);
    }

    /**
     * Graphs first: the records of the operations that moved them aside are needed as long as they are there.
     * Configurations last: what named them may be gone by then.
     */
    private List<Keeping> keepings(LedgerRead read) {
        ObjectStore store = context.store();
        Instant now = context.clock().instant();
        Optional<Ledger> present = read instanceof LedgerRead.Present there
                ? Optional.of(there.stored().ledger())
                : Optional.empty();
        Ledger ledger = present.orElse(Ledger.EMPTY);
        ApprovalBook book = new ApprovalStore(store, context.root()).read();
        InForce inForce = InForce.read(store, book, ledger, now);
        List<Keeping> keepings = new ArrayList<>(List.of(
                new KeptTrash(store, ledger, book, inForce, now),
                new KeptOperations(store, inForce, now.minus(periods.operations())),
                new KeptKeys(store, now.minus(periods.idempotencyKeys()))));
        present.ifPresent(known -> keepings.add(new KeptLedgers(store, known, periods.ledgers())));
        keepings.add(new KeptPlans(store, now.minus(periods.plans())));
        keepings.add(new KeptConfigurations(store, now.minus(periods.configurations())));
        return keepings;
    }

    /** False where the run has to end. */
    private boolean remove(Keeping keeping) {
        removed.put(keeping.kind(), 0L);
        List<Keeping.Candidate> candidates = keeping.candidates();
        more |= candidates.size() > MAX_CANDIDATES;
        int looked = 0;
        for (Keeping.Candidate candidate : candidates.subList(0, Math.min(candidates.size(), MAX_CANDIDATES))) {
            listener.progress(keeping.kind(), Optional.of(candidate.key().path()), looked, candidates.size());
            if (listener.cancelRequested() || (looked % CANDIDATES_BETWEEN_CHECKS == 0 && !lock.mayAct(report))) {
                return false;
            }
            if (!settle(keeping, candidate, candidate.look().get())) {
                return true;
            }
            looked++;
        }
        return true;
    }

    /** False where the rest of this kind is left. */
    private boolean settle(Keeping keeping, Keeping.Candidate candidate, Keeping.Fate fate) {
        if (fate instanceof Keeping.Fate.Failed failed) {
            report.add(
                    DiagnosticCode.RETENTION_INCOMPLETE,
                    context.root().display(candidate.key()),
                    "it is due and could not be removed: " + failed.reason() + "; the rest of its kind was left");
            return false;
        }
        if (fate instanceof Keeping.Fate.Removed) {
            removed.merge(keeping.kind(), 1L, Long::sum);
            context.faults().reach(keeping.afterRemoval());
        } else if (fate instanceof Keeping.Fate.Kept stays && kept.size() < MAX_KEPT_SHOWN) {
            kept.add(new RetentionResult.Kept(candidate.key().path(), stays.reason()));
        }
        return true;
    }
}
