package dev.omnigraph.controlplane.command;

import dev.omnigraph.controlplane.apply.Survey;
import dev.omnigraph.controlplane.config.ConfigLoad;
import dev.omnigraph.controlplane.config.DesiredCluster;
import dev.omnigraph.controlplane.ledger.ClusterArea;
import dev.omnigraph.controlplane.ledger.Ledger;
import dev.omnigraph.controlplane.ledger.LedgerRead;
import dev.omnigraph.controlplane.ledger.LedgerStore;
import dev.omnigraph.controlplane.plan.Plan;
import dev.omnigraph.controlplane.session.ClusterContext;
import dev.omnigraph.controlplane.session.CommandReport;
import dev.omnigraph.controlplane.session.LockView;
import dev.omnigraph.controlplane.session.Sight;
import dev.omnigraph.controlplane.storage.ObjectKey;
import dev.omnigraph.controlplane.storage.StorageUnavailableException;
import java.util.List;
import java.util.Optional;

/**
 * A dry run of apply, the sweep included, by the same code and without the lock (control-plane.md 7.3). It never writes.
 * When the ledger moves while it looks, it looks again.
 */
final class PlanCommand {

    /** How often a plan is made again because the ledger moved under it. */
    private static final int MAX_ATTEMPTS = 5;

    private final ClusterContext context;
    private final LedgerStore ledgers;

    PlanCommand(ClusterContext context) {
        this.context = context;
        this.ledgers = context.ledgers();
    }

    PlanOutput run(ConfigLoad load) {
        for (int attempt = 1; ; attempt++) {
            Attempt result = attempt(load);
            if (attempt == MAX_ATTEMPTS || result.isOfOneMoment()) {
                return result.output();
            }
        }
    }

    /** @param isOfOneMoment the ledger was the same before and after */
    private record Attempt(PlanOutput output, boolean isOfOneMoment) {}

    private Attempt attempt(ConfigLoad load) {
        CommandReport report = new CommandReport(context.root());
        report.addAll(StorageCheck.findings(context, load));
        if (load.desired().isEmpty() || report.hasErrors()) {
            return new Attempt(output(load, Optional.empty(), report), true);
        }
        try {
            Sight sight = Sight.begin(context);
            ClusterArea area = sight.cluster();
            LockView.observe(context, area, report);
            LedgerRead read = ledgers.read(area);
            report.observe(seen -> seen.with(read));
            report.regrade(PolicySeverity.against(load.desired(), read));
            Optional<Plan> plan = plan(load.desired().get(), sight, read, report);
            boolean same = plan.isEmpty() || ledgers.isStill(read);
            return new Attempt(output(load, plan, report), same);
        } catch (StorageUnavailableException unavailable) {
            report.add(unavailable);
            return new Attempt(output(load, Optional.empty(), report), true);
        }
    }

    private Optional<Plan> plan(DesiredCluster desired, Sight sight, LedgerRead read, CommandReport report) {
        if (read instanceof LedgerRead.Unusable unusable) {
            report.add(unusable.diagnostic());
            return Optional.empty();
        }
        if (read instanceof LedgerRead.Unknown unknown) {
            throw new StorageUnavailableException("the ledger cannot be read: " + unknown.reason());
        }
        if (report.hasErrors()) {
            return Optional.empty();
        }
        Optional<Ledger> recorded = read instanceof LedgerRead.Present present
                ? Optional.of(present.stored().ledger())
                : Optional.empty();
        Survey survey = Survey.take(context, desired, recorded.orElse(Ledger.EMPTY), sight);
        warnOfSidecars(survey.sweep().files(), report);
        report.addAll(survey.diagnostics());
        report.addAll(survey.previewFindings());
        report.addAll(StorageCheck.graphStorage(context, desired));
        return Optional.of(Plan.of(recorded.map(stored -> survey.sweep().ledger()), desired, survey.facts()));
    }

    private void warnOfSidecars(List<ObjectKey> files, CommandReport report) {
        files.forEach(file -> report.add(PendingSidecars.warning(context.root(), file)));
    }

    private static PlanOutput output(ConfigLoad load, Optional<Plan> plan, CommandReport report) {
        Optional<DesiredCluster> desired = load.desired();
        return new PlanOutput(
                load.configDir(),
                desired.map(DesiredCluster::configDigest),
                desired.map(DesiredCluster::resources).orElse(List.of()),
                desired.map(DesiredCluster::dependencies).orElse(List.of()),
                report.observations(),
                plan,
                report.diagnostics());
    }
}
