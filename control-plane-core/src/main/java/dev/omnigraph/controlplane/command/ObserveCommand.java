package dev.omnigraph.controlplane.command;

import dev.omnigraph.controlplane.apply.LedgerWrites;
import dev.omnigraph.controlplane.apply.Retirement;
import dev.omnigraph.controlplane.apply.Survey;
import dev.omnigraph.controlplane.approval.ApprovalStore;
import dev.omnigraph.controlplane.approval.ConsumptionMarks;
import dev.omnigraph.controlplane.config.ConfigLoad;
import dev.omnigraph.controlplane.config.DesiredCluster;
import dev.omnigraph.controlplane.config.DesiredResource;
import dev.omnigraph.controlplane.diagnostic.DiagnosticCode;
import dev.omnigraph.controlplane.json.JsonObject;
import dev.omnigraph.controlplane.ledger.ControlKeys;
import dev.omnigraph.controlplane.ledger.GraphRoots;
import dev.omnigraph.controlplane.ledger.Ledger;
import dev.omnigraph.controlplane.ledger.LedgerDocument;
import dev.omnigraph.controlplane.ledger.LedgerRead;
import dev.omnigraph.controlplane.ledger.LedgerStore;
import dev.omnigraph.controlplane.ledger.LedgerWrite;
import dev.omnigraph.controlplane.ledger.Sidecar;
import dev.omnigraph.controlplane.ledger.StoredLedger;
import dev.omnigraph.controlplane.recovery.HeldGraphs;
import dev.omnigraph.controlplane.recovery.Sweep;
import dev.omnigraph.controlplane.recovery.TrashReturn;
import dev.omnigraph.controlplane.session.ClusterContext;
import dev.omnigraph.controlplane.session.CommandReport;
import dev.omnigraph.controlplane.session.LockedSection;
import dev.omnigraph.controlplane.session.RunListener;
import dev.omnigraph.controlplane.session.Sight;
import dev.omnigraph.controlplane.storage.StorageUnavailableException;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/**
 * Records what is there (control-plane.md 7.7): refresh looks again at a ledger's graphs and catalog, import makes the first
 * ledger. Neither changes a graph.
 */
final class ObserveCommand {

    /** Which of the two. */
    enum Kind {
        REFRESH,
        IMPORT;

        String wire() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    private final ClusterContext context;
    private final Kind kind;
    private final LedgerStore ledgers;

    ObserveCommand(ClusterContext context, Kind kind) {
        this.context = context;
        this.kind = kind;
        this.ledgers = context.ledgers();
    }

    /**
     * Runs.
     *
     * @param acceptMissing graphs whose loss is accepted even if every recorded graph is gone
     */
    ObserveOutput run(ConfigLoad load, Set<String> acceptMissing, RunListener listener) {
        CommandReport report = new CommandReport(context.root());
        report.addAll(StorageCheck.findingsBeforeChanges(context, load));
        Optional<Ledger> shown = Optional.empty();
        if (load.desired().isPresent() && !report.hasErrors()) {
            DesiredCluster desired = load.desired().get();
            shown = LockedSection.duringWithSight(
                    context,
                    kind.wire(),
                    listener,
                    report,
                    (lock, control, sight) -> observe(new Run(desired, acceptMissing, lock, sight, listener, report)));
        }
        return output(load, shown, report);
    }

    /** One run under the lock. */
    private record Run(
            DesiredCluster desired,
            Set<String> acceptMissing,
            LockedSection lock,
            Sight sight,
            RunListener listener,
            CommandReport report) {}

    /** The ledger to show: as recorded now where it was written, else as it was worked out. */
    private Optional<Ledger> observe(Run run) {
        CommandReport report = run.report();
        LedgerRead read = ledgers.read(run.sight().cluster());
        report.observe(seen -> seen.with(read));
        if (read instanceof LedgerRead.Unusable unusable) {
            report.add(unusable.diagnostic());
            return Optional.empty();
        }
        if (read instanceof LedgerRead.Unknown unknown) {
            throw new StorageUnavailableException("the ledger cannot be read: " + unknown.reason());
        }
        Optional<StoredLedger> base =
                read instanceof LedgerRead.Present present ? Optional.of(present.stored()) : Optional.empty();
        base.ifPresent(stored -> run.listener().ledgerRead(stored.cas()));
        return switch (kind) {
            case REFRESH ->
                base.isEmpty()
                        ? refuseWithoutLedger(report)
                        : record(base, base.get().ledger(), run);
            case IMPORT ->
                base.isPresent()
                        ? refuseWithLedger(base.get(), report)
                        : record(base, firstLedger(context, run.desired()), run);
        };
    }

    /** Nothing but what cannot be looked at again: which approvals were used. */
    private static Ledger firstLedger(ClusterContext context, DesiredCluster desired) {
        Ledger empty = Ledger.EMPTY
                .edit()
                .configDigest(Optional.of(desired.configDigest()))
                .build();
        return ConsumptionMarks.rebuild(new ApprovalStore(context.store(), context.root()).read(), empty);
    }

    private static Optional<Ledger> refuseWithoutLedger(CommandReport report) {
        report.add(
                DiagnosticCode.STATE_MISSING,
                ControlKeys.STATE.path(),
                "there is no ledger yet, so there is nothing to refresh; run import first, which creates it");
        return Optional.of(Ledger.EMPTY);
    }

    private static Optional<Ledger> refuseWithLedger(StoredLedger existing, CommandReport report) {
        report.add(
                DiagnosticCode.STATE_ALREADY_EXISTS,
                ControlKeys.STATE.path(),
                "there is a ledger already, at revision "
                        + Long.toUnsignedString(existing.ledger().revision())
                        + "; it was left as it is. Use refresh to look at the graphs again");
        return Optional.of(existing.ledger());
    }

    private Optional<Ledger> record(Optional<StoredLedger> base, Ledger start, Run run) {
        CommandReport report = run.report();
        Swept swept = sweep(start, run);
        Sweep.Result sweep = swept.result();
        GraphRoots roots = swept.roots();
        report.addAll(sweep.diagnostics());
        if (isWholeStorageInDoubt(sweep.ledger(), roots, run.acceptMissing())) {
            report.add(Survey.allMissing(context.root()));
            return Optional.of(start);
        }
        Ledger observed =
                new LedgerObservation(context, run.desired(), roots, run.listener(), report).of(sweep.ledger());
        boolean stopsAtErrors = kind == Kind.IMPORT;
        if (stopsAtErrors && report.hasErrors()) {
            return Optional.of(withStatusesOf(start, observed));
        }
        Optional<Function<Ledger, LedgerWrite>> writing = writing(base, run);
        if (writing.isEmpty()) {
            return Optional.of(withStatusesOf(start, observed));
        }
        List<Sidecar> held = new HeldGraphs(context).among(sweep.done());
        held.forEach(sidecar -> report.add(HeldGraphs.finding(sidecar)));
        Ledger next = observed.edit().revision(start.nextRevision()).build();
        Optional<StoredLedger> written = LedgerWrites.report(writing.get().apply(next), run.lock(), report);
        if (written.isEmpty()) {
            return Optional.of(withStatusesOf(start, observed));
        }
        report.observe(seen -> seen.with(written.get()));
        new Retirement(context, report).retire(without(held, sweep.done()), next);
        return Optional.of(next);
    }

    /** How the ledger is to be written; empty where it may not be, which the report then says. */
    private Optional<Function<Ledger, LedgerWrite>> writing(Optional<StoredLedger> base, Run run) {
        if (base.isEmpty()) {
            return run.lock().mayAct(run.report()) ? Optional.of(ledgers::create) : Optional.empty();
        }
        return LedgerWrites.keepAndProve(context, base.get(), run.lock(), run.report())
                .map(kept -> next -> ledgers.replace(kept, next));
    }

    private static List<Sidecar> without(List<Sidecar> some, List<Sidecar> all) {
        return all.stream().filter(sidecar -> !some.contains(sidecar)).toList();
    }

    /** What the sweep came to, and the graph roots as it left them. */
    private record Swept(Sweep.Result result, GraphRoots roots) {}

    /** What a delete had moved aside is moved back first, so that it is not taken for gone. */
    private Swept sweep(Ledger start, Run run) {
        Sweep sweep = new Sweep(context);
        Sweep.Result result = sweep.run(start, run.sight().cluster());
        if (result.deletesAside().isEmpty()) {
            return new Swept(result, run.sight().roots(GraphRoots.recorded(result.ledger())));
        }
        CommandReport report = run.report();
        report.addAll(new TrashReturn(context)
                .run(result.deletesAside(), () -> run.lock().mayAct(report)));
        return new Swept(sweep.run(start), GraphRoots.list(context.store()));
    }

    private static boolean isWholeStorageInDoubt(Ledger ledger, GraphRoots roots, Set<String> acceptMissing) {
        Set<String> recorded = GraphRoots.recorded(ledger);
        return !recorded.isEmpty()
                && recorded.stream().noneMatch(roots::isStored)
                && !acceptMissing.containsAll(recorded);
    }

    /** What was observed, with the statuses that are stored: statuses are never shown that nobody can find. */
    private static Ledger withStatusesOf(Ledger stored, Ledger observed) {
        Ledger.Editor editor = observed.edit();
        observed.statuses().keySet().forEach(editor::removeStatus);
        stored.statuses().forEach(editor::putStatus);
        return editor.build();
    }

    private ObserveOutput output(ConfigLoad load, Optional<Ledger> shown, CommandReport report) {
        List<DesiredResource> declared =
                load.desired().map(DesiredCluster::resources).orElse(List.of());
        return new ObserveOutput(
                kind.wire(),
                load.configDir(),
                report.observations(),
                shown.map(LedgerDocument::digests).orElseGet(() -> OutputParts.digests(declared)),
                shown.map(ledger -> LedgerDocument.statuses(ledger.statuses())).orElse(JsonObject.empty()),
                shown.map(ledger -> JsonObject.copyOf(ledger.observations())).orElse(JsonObject.empty()),
                report.diagnostics());
    }
}
