package dev.omnigraph.controlplane.apply;

import dev.omnigraph.controlplane.approval.ApprovalEntry;
import dev.omnigraph.controlplane.approval.ApprovalStore;
import dev.omnigraph.controlplane.approval.Holders;
import dev.omnigraph.controlplane.diagnostic.DiagnosticCode;
import dev.omnigraph.controlplane.digest.ResourceAddress;
import dev.omnigraph.controlplane.fault.FaultPoint;
import dev.omnigraph.controlplane.fault.InjectedFaultException;
import dev.omnigraph.controlplane.graph.HistoryRemoval;
import dev.omnigraph.controlplane.graph.TableHistory;
import dev.omnigraph.controlplane.ledger.Consumption;
import dev.omnigraph.controlplane.ledger.Ledger;
import dev.omnigraph.controlplane.operation.VersionCleanup;
import dev.omnigraph.controlplane.operation.VersionCleanupStore;
import dev.omnigraph.controlplane.session.ClusterContext;
import dev.omnigraph.controlplane.session.CommandReport;
import dev.omnigraph.controlplane.session.LockedSection;
import dev.omnigraph.controlplane.session.RunListener;
import dev.omnigraph.controlplane.storage.DeleteOutcome;
import dev.omnigraph.controlplane.storage.StorageUnavailableException;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Removes the former versions that hard drops leave, of this run and of those that died (I5). Nothing is removed before
 * the ledger records that the approval was used and the sidecar of the migration is gone: then it is certain that the
 * migration is published, and that nobody else may use the approval. Only apply does this. Not thread-safe.
 */
final class VersionCleanups {

    private static final String PHASE = "cleanup";

    private final ClusterContext context;
    private final LockedSection lock;
    private final CommandReport report;
    private final RunListener listener;
    private final VersionCleanupStore cleanups;
    private final Holders holders;

    VersionCleanups(ClusterContext context, LockedSection lock, CommandReport report, RunListener listener) {
        this.context = context;
        this.lock = lock;
        this.report = report;
        this.listener = listener;
        this.cleanups = new VersionCleanupStore(context.store());
        this.holders = new Holders(context.store(), context.root());
    }

    /**
     * The journals that are there.
     *
     * @throws StorageUnavailableException where the storage does not answer
     */
    List<VersionCleanupStore.Reading> read() {
        return cleanups.read();
    }

    /**
     * The uses of approvals that no ledger records though their migrations are in it: the engine's own tool swept them,
     * and it knows of no approvals of schema changes.
     *
     * @throws StorageUnavailableException where the storage does not answer
     */
    List<Consumption> unrecorded(List<VersionCleanupStore.Reading> journals, Ledger ledger) {
        return journals.stream()
                .filter(VersionCleanupStore.Reading.Found.class::isInstance)
                .map(reading -> ((VersionCleanupStore.Reading.Found) reading).cleanup())
                .filter(cleanup -> isUnrecorded(cleanup, ledger))
                .map(cleanup -> new Consumption(cleanup.approvalId(), cleanup.sidecar()))
                .toList();
    }

    private boolean isUnrecorded(VersionCleanup cleanup, Ledger ledger) {
        return cleanup.isBegun()
                && !ledger.approvalRecords().containsKey(cleanup.approvalId())
                && ledger.digestOf(new ResourceAddress.Schema(cleanup.graph()))
                        .equals(Optional.of(cleanup.schemaDigest()))
                && !holders.isHeld(cleanup.sidecar())
                && new ApprovalStore(context.store(), context.root())
                        .read(cleanup.approvalId())
                        .filter(entry -> !entry.isMarked())
                        .flatMap(ApprovalEntry::reservedFor)
                        .equals(Optional.of(cleanup.sidecar()));
    }

    /**
     * Carries out every journal whose migration is on record, and removes those whose migration never came about.
     *
     * @param ledger as it is stored now
     * @return whether the run may go on; false after losing the lock
     * @throws StorageUnavailableException where the storage does not answer
     */
    boolean carryOut(Ledger ledger) {
        Set<String> erased = new HashSet<>();
        for (VersionCleanupStore.Reading reading : cleanups.read()) {
            if (!lock.mayAct(report)) {
                return false;
            }
            if (reading instanceof VersionCleanupStore.Reading.Unreadable unreadable) {
                report.add(
                        DiagnosticCode.VERSION_CLEANUP_INCOMPLETE,
                        context.root().display(unreadable.file()),
                        "what a hard drop has to remove cannot be read, so nothing of it was removed: "
                                + unreadable.reason());
                continue;
            }
            VersionCleanup cleanup = ((VersionCleanupStore.Reading.Found) reading).cleanup();
            if (holders.isHeld(cleanup.sidecar())) {
                continue;
            }
            boolean used = ledger.approvalRecords().containsKey(cleanup.approvalId());
            if (used && !cleanup.isBegun() && !erased.contains(cleanup.approvalId())) {
                tell(
                        cleanup,
                        "the graph had the schema already when the drops were to begin, so nothing was removed;"
                                + " former versions stay");
            }
            if (!used || !cleanup.isBegun() || removeAll(cleanup)) {
                erased.add(cleanup.approvalId());
                retire(cleanup);
            }
        }
        return true;
    }

    /** Whether nothing is left of what this journal names. */
    private boolean removeAll(VersionCleanup cleanup) {
        boolean complete = true;
        List<TableHistory> tables = cleanup.tables();
        for (int i = 0; i < tables.size(); i++) {
            listener.progress(PHASE, Optional.of(tables.get(i).key()), i, tables.size());
            if (!lock.mayAct(report)) {
                return false;
            }
            complete &= remove(cleanup, tables.get(i));
        }
        return complete;
    }

    private boolean remove(VersionCleanup cleanup, TableHistory table) {
        try {
            context.faults().reach(FaultPoint.CLUSTER_APPLY_BEFORE_VERSION_CLEANUP);
        } catch (InjectedFaultException fault) {
            report.add(
                    DiagnosticCode.INJECTED_FAILPOINT, fault.point().wire(), fault.getMessage() + "; the run goes on");
            return false;
        }
        HistoryRemoval removal =
                context.engine().removeHistory(context.root().graphRoot(cleanup.graph()), cleanup.commit(), table);
        if (removal instanceof HistoryRemoval.Incomplete incomplete) {
            tell(cleanup, incomplete.reason());
            return false;
        }
        context.faults().reach(FaultPoint.CLUSTER_APPLY_AFTER_VERSION_CLEANUP);
        return true; // in another graph at this root there is nothing of ours
    }

    private void retire(VersionCleanup cleanup) {
        if (cleanups.delete(cleanup) instanceof DeleteOutcome.Done) {
            context.faults().reach(FaultPoint.CLUSTER_APPLY_AFTER_CLEANUP_DONE);
        } else {
            tell(cleanup, "everything is removed, and the journal of it could not be");
        }
    }

    private void tell(VersionCleanup cleanup, String message) {
        report.add(
                DiagnosticCode.VERSION_CLEANUP_INCOMPLETE, new ResourceAddress.Schema(cleanup.graph()).text(), message);
    }
}
