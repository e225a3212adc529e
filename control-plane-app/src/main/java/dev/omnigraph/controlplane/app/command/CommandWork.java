package dev.omnigraph.controlplane.app.command;

import dev.omnigraph.controlplane.app.operation.OperationReport;
import dev.omnigraph.controlplane.app.operation.OperationWork;
import dev.omnigraph.controlplane.ledger.ControlKeys;
import dev.omnigraph.controlplane.ledger.SidecarStore;
import dev.omnigraph.controlplane.operation.RunSummary;
import dev.omnigraph.controlplane.session.RunListener;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/** A changing command of core as the work of an operation. */
final class CommandWork implements OperationWork {

    private final String command;
    private final Optional<String> configuration;
    private final Optional<String> configDigest;
    private final SidecarStore sidecars;
    private final Function<RunTracker, CommandResult> run;

    CommandWork(
            String command,
            Optional<String> configuration,
            Optional<String> configDigest,
            SidecarStore sidecars,
            Function<RunTracker, CommandResult> run) {
        this.command = command;
        this.configuration = configuration;
        this.configDigest = configDigest;
        this.sidecars = sidecars;
        this.run = run;
    }

    @Override
    public String command() {
        return command;
    }

    @Override
    public Optional<String> configuration() {
        return configuration;
    }

    @Override
    public Optional<String> configDigest() {
        return configDigest;
    }

    @Override
    public OperationReport run(RunListener listener) {
        RunTracker tracker = new RunTracker(listener);
        CommandResult result = run.apply(tracker);
        boolean converged = result.ok() && result.converged().orElse(true);
        RunSummary summary = new RunSummary(
                result.ok(),
                result.converged(),
                result.moved(),
                isAnyPending(tracker.sidecars()),
                tracker.toldToStop() && !converged,
                result.diagnostics());
        return new OperationReport(summary.ending(result.json()), tracker.stateCasBefore(), result.stateCas());
    }

    /** A listing that fails does not prove that a sidecar is gone. */
    private boolean isAnyPending(List<String> announced) {
        if (announced.isEmpty()) {
            return false;
        }
        return !(sidecars.list() instanceof SidecarStore.Listing.Listed listed)
                || announced.stream().map(ControlKeys::sidecar).anyMatch(listed.files()::contains);
    }
}
