package dev.omnigraph.controlplane.command;

import dev.omnigraph.controlplane.approval.ApprovalStore;
import dev.omnigraph.controlplane.config.HeaderLoad;
import dev.omnigraph.controlplane.diagnostic.Diagnostic;
import dev.omnigraph.controlplane.diagnostic.DiagnosticCode;
import dev.omnigraph.controlplane.diagnostic.Severity;
import dev.omnigraph.controlplane.ledger.ClusterArea;
import dev.omnigraph.controlplane.ledger.ControlArea;
import dev.omnigraph.controlplane.ledger.ControlKeys;
import dev.omnigraph.controlplane.ledger.Ledger;
import dev.omnigraph.controlplane.ledger.LedgerRead;
import dev.omnigraph.controlplane.ledger.LockObservation;
import dev.omnigraph.controlplane.ledger.SidecarStore;
import dev.omnigraph.controlplane.ledger.Trash;
import dev.omnigraph.controlplane.parallel.Pending;
import dev.omnigraph.controlplane.session.ClusterContext;
import dev.omnigraph.controlplane.session.CommandReport;
import dev.omnigraph.controlplane.session.LockView;
import dev.omnigraph.controlplane.storage.StorageUnavailableException;
import java.util.List;

/** Tells what is recorded, without lock and without opening a graph (control-plane.md 7.6). It never writes. */
final class StatusCommand {

    private final ClusterContext context;

    StatusCommand(ClusterContext context) {
        this.context = context;
    }

    /** @param verifyCatalog whether every catalog copy is read and hashed */
    StatusOutput run(HeaderLoad header, boolean verifyCatalog) {
        CommandReport report = new CommandReport(context.root());
        report.addAll(header.diagnostics());
        report.addAll(StorageCheck.mismatch(context.root(), header.declaredStorage()));
        Ledger ledger = Ledger.EMPTY;
        List<OpenApproval> approvals = List.of();
        List<String> trash = List.of();
        try {
            Pending<ControlArea> looking = context.workers().begin(() -> ControlArea.look(context.store()));
            ClusterArea area = ClusterArea.look(context.store());
            ControlArea control = looking.get();
            observeLock(area, report);
            if (area.hasRecoveries()) {
                warnOfSidecars(report);
            }
            if (!report.hasErrors()) {
                ledger = readLedger(area, report);
                if (area.hasApprovals() || control.hasDecisions()) {
                    approvals = openApprovals(ledger);
                }
                if (control.hasTrash()) {
                    trash = new Trash(context.store()).sidecars();
                }
                if (verifyCatalog) {
                    report.addAll(context.catalogCheck().run(ledger));
                }
            }
        } catch (StorageUnavailableException unavailable) {
            report.add(unavailable);
        }
        return new StatusOutput(
                header.configDir(), report.observations(), ledger, approvals, trash, report.diagnostics());
    }

    private List<OpenApproval> openApprovals(Ledger ledger) {
        return OpenApproval.among(
                new ApprovalStore(context.store(), context.root()).readUnused(ledger),
                ledger,
                context.settings().approvals(),
                context.clock().instant());
    }

    private void observeLock(ClusterArea area, CommandReport report) {
        LockObservation lock = LockView.observe(context, area, report);
        if (lock instanceof LockObservation.Unreadable unreadable) {
            report.add(unreadable.diagnostic().withSeverity(Severity.WARNING));
        }
    }

    private void warnOfSidecars(CommandReport report) {
        SidecarStore.Listing listing = new SidecarStore(context.store()).list();
        if (listing instanceof SidecarStore.Listing.Unknown unknown) {
            throw new StorageUnavailableException("the recovery records cannot be listed: " + unknown.reason());
        }
        if (listing instanceof SidecarStore.Listing.Listed listed) {
            listed.files().forEach(file -> report.add(PendingSidecars.warning(context.root(), file)));
        }
    }

    private Ledger readLedger(ClusterArea area, CommandReport report) {
        LedgerRead read = context.ledgers().read(area);
        report.observe(seen -> seen.with(read));
        if (read instanceof LedgerRead.Present present) {
            return present.stored().ledger();
        }
        if (read instanceof LedgerRead.Absent) {
            report.add(new Diagnostic(
                    DiagnosticCode.STATE_MISSING,
                    Severity.WARNING,
                    ControlKeys.STATE.path(),
                    "there is no ledger yet; import creates it"));
        } else if (read instanceof LedgerRead.Unusable unusable) {
            report.add(unusable.diagnostic());
        } else if (read instanceof LedgerRead.Unknown unknown) {
            throw new StorageUnavailableException("the ledger cannot be read: " + unknown.reason());
        }
        return Ledger.EMPTY;
    }
}
