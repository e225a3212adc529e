package dev.omnigraph.controlplane.command;

import dev.omnigraph.controlplane.fault.InjectedFaultException;
import dev.omnigraph.controlplane.retention.RetentionPeriods;
import dev.omnigraph.controlplane.retention.RetentionResult;
import dev.omnigraph.controlplane.retention.RetentionRun;
import dev.omnigraph.controlplane.session.ClusterContext;
import dev.omnigraph.controlplane.session.CommandReport;
import dev.omnigraph.controlplane.session.LockedSection;
import dev.omnigraph.controlplane.session.RunListener;
import dev.omnigraph.controlplane.storage.StorageUnavailableException;
import java.util.Optional;

/** Removes what is kept for a time only and nobody needs any more, under the lock. */
final class RetentionCommand {

    private final ClusterContext context;
    private final RetentionPeriods periods;

    RetentionCommand(ClusterContext context, RetentionPeriods periods) {
        this.context = context;
        this.periods = periods;
    }

    RetentionOutput run(RunListener listener) {
        CommandReport report = new CommandReport(context.root());
        RetentionResult result = LockedSection.during(
                        context,
                        "retention",
                        listener,
                        report,
                        lock -> Optional.of(run(new RetentionRun(context, periods, lock, report, listener), report)))
                .orElse(RetentionResult.NOTHING);
        return new RetentionOutput(result, report.diagnostics());
    }

    /** What was removed before the storage stopped answering is told too. */
    private static RetentionResult run(RetentionRun run, CommandReport report) {
        try {
            run.run();
        } catch (InjectedFaultException fault) {
            report.add(fault);
        } catch (StorageUnavailableException unavailable) {
            report.add(unavailable);
        }
        return run.result();
    }
}
