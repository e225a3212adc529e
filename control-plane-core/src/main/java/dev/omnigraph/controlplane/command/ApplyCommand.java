package dev.omnigraph.controlplane.command;

import dev.omnigraph.controlplane.apply.ApplyRequest;
import dev.omnigraph.controlplane.apply.ApplyResult;
import dev.omnigraph.controlplane.apply.ApplyRun;
import dev.omnigraph.controlplane.config.ConfigLoad;
import dev.omnigraph.controlplane.config.DesiredCluster;
import dev.omnigraph.controlplane.ledger.LedgerRead;
import dev.omnigraph.controlplane.ledger.LedgerStore;
import dev.omnigraph.controlplane.session.ClusterContext;
import dev.omnigraph.controlplane.session.CommandReport;
import dev.omnigraph.controlplane.session.LockedSection;
import dev.omnigraph.controlplane.session.RunListener;
import dev.omnigraph.controlplane.storage.StorageUnavailableException;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;

/** Makes the cluster what the configuration declares (control-plane.md 7.4). */
final class ApplyCommand {

    private static final ApplyResult NOT_BEGUN =
            new ApplyResult(List.of(), 0, 0, false, false, Collections.unmodifiableSortedMap(new TreeMap<>()), false);

    private final ClusterContext context;

    ApplyCommand(ClusterContext context) {
        this.context = context;
    }

    ApplyOutput run(ConfigLoad load, ApplyRequest request, RunListener listener) {
        CommandReport report = new CommandReport(context.root());
        report.addAll(StorageCheck.findingsBeforeChanges(context, load));
        ApplyResult result = load.desired()
                .filter(desired -> !report.hasErrors())
                .map(desired -> runLocked(desired, request, listener, report))
                .orElse(NOT_BEGUN);
        return new ApplyOutput(
                load.configDir(),
                request.actor(),
                load.desired().map(DesiredCluster::configDigest),
                report.observations(),
                result,
                report.diagnostics());
    }

    private ApplyResult runLocked(
            DesiredCluster desired, ApplyRequest request, RunListener listener, CommandReport report) {
        return LockedSection.duringWithSight(
                        context,
                        "apply",
                        listener,
                        report,
                        (lock, control, sight) -> publishesInvalidPolicy(desired, report)
                                ? Optional.empty()
                                : Optional.of(
                                        new ApplyRun(context, desired, request, lock, control, sight, report, listener)
                                                .run()))
                .orElse(NOT_BEGUN);
    }

    /** Asked under the lock, because what is applied decides it; the ledger is read for it only where a policy is invalid. */
    private boolean publishesInvalidPolicy(DesiredCluster desired, CommandReport report) {
        if (!PolicySeverity.isOpen(report.diagnostics())) {
            return false;
        }
        LedgerRead read = new LedgerStore(context.store()).read();
        if (read instanceof LedgerRead.Unknown unknown) {
            throw new StorageUnavailableException("the ledger cannot be read: " + unknown.reason());
        }
        report.regrade(PolicySeverity.against(Optional.of(desired), read));
        if (report.hasErrors()) {
            report.observe(seen -> seen.with(read));
        }
        return report.hasErrors();
    }
}
