package dev.omnigraph.controlplane.apply;

import dev.omnigraph.controlplane.approval.Applier;
import dev.omnigraph.controlplane.approval.ApprovalStore;
import dev.omnigraph.controlplane.approval.ApprovalUpkeep;
import dev.omnigraph.controlplane.approval.Holders;
import dev.omnigraph.controlplane.config.DesiredCluster;
import dev.omnigraph.controlplane.diagnostic.Diagnostic;
import dev.omnigraph.controlplane.diagnostic.DiagnosticCode;
import dev.omnigraph.controlplane.diagnostic.Severity;
import dev.omnigraph.controlplane.digest.ResourceAddress;
import dev.omnigraph.controlplane.fault.FaultPoint;
import dev.omnigraph.controlplane.fault.InjectedFaultException;
import dev.omnigraph.controlplane.ledger.Consumption;
import dev.omnigraph.controlplane.ledger.ControlArea;
import dev.omnigraph.controlplane.ledger.ControlKeys;
import dev.omnigraph.controlplane.ledger.GraphRemoval;
import dev.omnigraph.controlplane.ledger.Ledger;
import dev.omnigraph.controlplane.ledger.LedgerRead;
import dev.omnigraph.controlplane.ledger.LedgerStore;
import dev.omnigraph.controlplane.ledger.Sidecar;
import dev.omnigraph.controlplane.ledger.SidecarKind;
import dev.omnigraph.controlplane.ledger.StoredLedger;
import dev.omnigraph.controlplane.operation.VersionCleanupStore;
import dev.omnigraph.controlplane.plan.Change;
import dev.omnigraph.controlplane.plan.ChangeOperation;
import dev.omnigraph.controlplane.plan.ChangeReason;
import dev.omnigraph.controlplane.plan.Disposition;
import dev.omnigraph.controlplane.plan.Plan;
import dev.omnigraph.controlplane.recovery.Sweep;
import dev.omnigraph.controlplane.recovery.TrashReturn;
import dev.omnigraph.controlplane.session.ClusterContext;
import dev.omnigraph.controlplane.session.CommandReport;
import dev.omnigraph.controlplane.session.LockedSection;
import dev.omnigraph.controlplane.session.RunListener;
import dev.omnigraph.controlplane.session.Sight;
import dev.omnigraph.controlplane.storage.StorageUnavailableException;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/**
 * One run of apply under the lock. {@link #PHASES} is the whole of it in order; each phase says whether the run goes on.
 * Until {@link #writeLedger} nothing that the run did is acknowledged, and a sidecar stands for every graph it may have
 * moved. Used once, by one thread.
 */
public final class ApplyRun {

    /** Every phase, in the order in which effects become durable. */
    private static final List<Phase> PHASES = List.of(
            new Phase("read", ApplyRun::readLedger),
            new Phase("survey", ApplyRun::survey),
            new Phase("plan", ApplyRun::plan),
            new Phase("settle", ApplyRun::settleEarlierMoves),
            new Phase("upkeep", ApplyRun::keepUpApprovals),
            new Phase("creates", ApplyRun::createGraphs),
            new Phase("schemas", ApplyRun::applySchemas),
            new Phase("demotion", ApplyRun::demoteAndWarn),
            new Phase("payloads", ApplyRun::publishCatalog),
            new Phase("deletes", ApplyRun::deleteGraphs),
            new Phase("outcome", ApplyRun::workOutLedger),
            new Phase("state", ApplyRun::writeLedger),
            new Phase("retire", ApplyRun::retireSidecars),
            new Phase("cleanup", ApplyRun::removeFormerVersions));

    /** Why a delete does not go on though somebody decided about it as it is. */
    private static final Set<ChangeReason> DECIDED =
            EnumSet.of(ChangeReason.APPROVAL_REJECTED, ChangeReason.SECOND_PERSON_REQUIRED);

    private final ClusterContext context;
    private final DesiredCluster desired;
    private final ApplyRequest request;
    private final LockedSection lock;
    private final ControlArea control;
    private final Sight sight;
    private final CommandReport report;
    private final RunListener listener;
    private final LedgerStore ledgers;

    private Optional<RecordedLedger> recorded = Optional.empty();
    private Optional<Survey> survey = Optional.empty();
    private List<Change> changes = List.of();
    /** Graphs that a dead schema apply still keeps writers out of; their sidecars stay. */
    private Set<String> heldGraphs = Set.of();

    private Optional<GraphWork> graphWork = Optional.empty();
    private List<GraphRemoval> removals = List.of();
    /** Uses of approvals that earlier runs and the engine's own tool did not get to record. */
    private List<Consumption> earlierConsumptions = List.of();

    private boolean hasCleanups;
    /** Sidecars of earlier runs that are retired already. */
    private final List<Sidecar> settled = new ArrayList<>();

    private final List<Sidecar> givenUp = new ArrayList<>();
    private Optional<LedgerUpdate> update = Optional.empty();
    private boolean planMoved;

    /**
     * A run that was not begun.
     *
     * @param control as it was listed under the lock
     * @param sight as it is under the lock
     */
    public ApplyRun(
            ClusterContext context,
            DesiredCluster desired,
            ApplyRequest request,
            LockedSection lock,
            ControlArea control,
            Sight sight,
            CommandReport report,
            RunListener listener) {
        this.context = context;
        this.desired = desired;
        this.request = request;
        this.lock = lock;
        this.control = control;
        this.sight = sight;
        this.report = report;
        this.listener = listener;
        this.ledgers = context.ledgers();
    }

    private record Phase(String name, Predicate<ApplyRun> work) {}

    /** Runs the phases until one says that the run is over. */
    public ApplyResult run() {
        try {
            for (Phase phase : PHASES) {
                listener.progress(phase.name(), Optional.empty(), 0, 0);
                if (!phase.work().test(this)) {
                    break;
                }
            }
        } catch (InjectedFaultException fault) {
            report.add(fault);
        } catch (StorageUnavailableException unavailable) {
            report.add(unavailable);
        }
        return new ApplyResult(
                changes,
                update.isPresent() ? count(EnumSet.of(Disposition.APPLIED)) : 0,
                update.isPresent() ? count(EnumSet.of(Disposition.DEFERRED, Disposition.BLOCKED)) : 0,
                update.map(LedgerUpdate::converged).orElse(false),
                recorded.filter(RecordedLedger::isWritten).isPresent(),
                recorded.map(ledger -> ledger.stored().ledger().statuses()).orElseGet(TreeMap::new),
                planMoved);
    }

    private boolean readLedger() {
        LedgerRead read = ledgers.read(sight.cluster());
        report.observe(seen -> seen.with(read));
        if (read instanceof LedgerRead.Present present) {
            recorded = Optional.of(new RecordedLedger(context, present.stored(), lock, report));
            listener.ledgerRead(present.stored().cas());
            planMoved = request.expectedStateCas()
                    .filter(expected -> !expected.equals(present.stored().cas()))
                    .isPresent();
            return !planMoved;
        }
        if (read instanceof LedgerRead.Absent) {
            report.add(
                    DiagnosticCode.STATE_MISSING,
                    ControlKeys.STATE.path(),
                    "there is no ledger yet, so nothing was applied; run cluster import first, which creates it");
        } else if (read instanceof LedgerRead.Unusable unusable) {
            report.add(unusable.diagnostic());
        } else if (read instanceof LedgerRead.Unknown unknown) {
            throw new StorageUnavailableException("the ledger cannot be read: " + unknown.reason());
        }
        return false;
    }

    private boolean survey() {
        Applier applier = new Applier.Person(request.actor());
        Survey taken = Survey.take(context, desired, base().ledger(), sight, applier);
        List<Sweep.UnfinishedDelete> aside = taken.sweep().deletesAside();
        report.addAll(new TrashReturn(context).run(aside, () -> lock.mayAct(report)));
        DeadApplies dead = new DeadApplies(context, lock, listener, report);
        if (!dead.end(taken.sweep().interrupted())) {
            return false;
        }
        if (!dead.moved().isEmpty() || !aside.isEmpty()) {
            taken = Survey.take(context, desired, base().ledger(), Sight.begin(context), applier);
        }
        survey = Optional.of(taken);
        heldGraphs = dead.held();
        report.addAll(taken.diagnostics());
        dead.explain(taken.gates());
        return !taken.allGraphsMissing();
    }

    private boolean plan() {
        Plan plan = Plan.of(Optional.of(swept()), desired, survey.orElseThrow().facts());
        planMoved = request.planDigest()
                .filter(expected -> !expected.equals(plan.digest()))
                .isPresent();
        if (planMoved) {
            return false;
        }
        changes = plan.changes();
        return true;
    }

    /**
     * What earlier runs did to a graph under an approval is on record before this one moves the same graph again: after
     * that nobody could tell any more that it had been done.
     */
    private boolean settleEarlierMoves() {
        Set<String> moving = new HashSet<>(applied(GraphMove.CREATE, ChangeOperation.CREATE));
        moving.addAll(applied(GraphMove.SCHEMA_APPLY, ChangeOperation.UPDATE));
        List<Sidecar> earlier = survey.orElseThrow().sweep().done().stream()
                .filter(sidecar -> sidecar.approvalId().isPresent()
                        && moving.contains(sidecar.graphId())
                        && !heldGraphs.contains(sidecar.graphId()))
                .toList();
        if (!earlier.isEmpty()) {
            if (!recorded().write(swept())) {
                return false;
            }
            retire(earlier);
            settled.addAll(earlier);
        }
        graphWork = Optional.of(new GraphWork(context, request.actor(), base().cas(), lock, report, listener));
        return true;
    }

    private boolean keepUpApprovals() {
        List<VersionCleanupStore.Reading> found =
                control.hasCleanups() ? cleanups().read() : List.of();
        hasCleanups = !found.isEmpty() || survey.orElseThrow().gates().allowsHardDrops();
        earlierConsumptions = cleanups().unrecorded(found, swept());
        Set<String> users =
                earlierConsumptions.stream().map(Consumption::operationId).collect(Collectors.toSet());
        Holders holders = new Holders(context.store(), context.root());
        List<ApprovalUpkeep.Step> due = new ApprovalUpkeep(
                        new ApprovalStore(context.store(), context.root()),
                        base().ledger(),
                        sidecar -> users.contains(sidecar) || holders.isHeld(sidecar),
                        sidecar -> survey.orElseThrow().isUnfinishedDelete(sidecar),
                        context.clock().instant())
                .due(survey.orElseThrow().gates().book());
        if (!due.isEmpty() && !lock.mayAct(report)) {
            return false;
        }
        due.stream()
                .filter(step -> !step.carryOut())
                .forEach(step -> report.add(ApprovalTaking.leftAsItIs(context, step.approvalId(), step.undone())));
        return true;
    }

    private boolean createGraphs() {
        GraphCreates creates = new GraphCreates(context, desired, graphWork(), listener);
        return graphWork().each(GraphMove.CREATE, applied(GraphMove.CREATE, ChangeOperation.CREATE), creates::create);
    }

    private boolean applySchemas() {
        SchemaApplies applies = new SchemaApplies(
                context,
                desired,
                survey.orElseThrow(),
                new SchemaApplyAuthorization(context, base().ledger()),
                request.actor(),
                graphWork(),
                graph -> new LockBranchJournal(graph, lock, report, listener, context.lockBranches()),
                report);
        applies.reportUnsupported(changes);
        return graphWork()
                .each(GraphMove.SCHEMA_APPLY, applied(GraphMove.SCHEMA_APPLY, ChangeOperation.UPDATE), applies::apply);
    }

    /** The graphs whose change of this kind is to be carried out, in order. */
    private List<String> applied(GraphMove move, ChangeOperation operation) {
        return changes.stream()
                .filter(change -> change.isApplied() && change.operation() == operation)
                .flatMap(change -> change.resource().graphId().stream()
                        .filter(graph -> move.addressOf(graph).equals(change.resource())))
                .toList();
    }

    private boolean demoteAndWarn() {
        changes = Demotion.of(changes, graphWork().failed(), desired);
        changes.forEach(change -> {
            switch (change.disposition()) {
                case DEFERRED -> warn(DiagnosticCode.APPLY_UNSUPPORTED_CHANGE, change, "deferred");
                case BLOCKED -> warn(DiagnosticCode.APPLY_DEPENDENCY_BLOCKED, change, "blocked");
                case APPLIED, DERIVED -> {}
            }
        });
        return true;
    }

    private void warn(DiagnosticCode code, Change change, String verdict) {
        String because = change.reason()
                .map(reason -> reason.wire() + ", " + reason.explanation())
                .orElse("no reason is known");
        report.add(
                code, change.resource().text(), "the " + change.operation().wire() + " is " + verdict + ": " + because);
    }

    private boolean publishCatalog() {
        List<Diagnostic> failures = new CatalogWrites(context, desired, listener).run(changes);
        report.addAll(failures);
        if (!failures.isEmpty()) {
            return false;
        }
        context.faults().reach(FaultPoint.CLUSTER_APPLY_AFTER_PAYLOAD_PHASE);
        return true;
    }

    private boolean deleteGraphs() {
        List<String> planned = applied(GraphMove.DELETE, ChangeOperation.DELETE);
        GraphDeletes deletes = new GraphDeletes(
                context,
                survey.orElseThrow(),
                request.actor(),
                graphWork(),
                new GraphRemover(context, lock, report, listener));
        boolean goesOn = graphWork().each(GraphMove.DELETE, planned, deletes::delete);
        removals = deletes.removals();
        changes = Demotion.of(changes, graphWork().failed(), desired);
        giveUpDeletes(planned);
        return goesOn;
    }

    /** What an earlier run left unfinished and nobody wants or allows any more. */
    private void giveUpDeletes(List<String> planned) {
        for (Sweep.UnfinishedDelete delete : survey.orElseThrow().sweep().unfinishedDeletes()) {
            String graph = delete.sidecar().graphId();
            if (planned.contains(graph)) {
                continue;
            }
            if (delete.begun()) {
                report.add(new Diagnostic(
                        DiagnosticCode.GRAPH_DELETE_INCOMPLETE,
                        Severity.ERROR,
                        new ResourceAddress.Graph(graph).text(),
                        "the removal of the graph has begun and " + whyItStops(graph)));
            } else if (!delete.aside()) {
                givenUp.add(delete.sidecar());
            }
        }
    }

    private String whyItStops(String graph) {
        return changes.stream()
                .filter(change -> change.resource().equals(new ResourceAddress.Graph(graph)))
                .flatMap(change -> change.reason().stream())
                .filter(DECIDED::contains)
                .findFirst()
                .map(reason -> "does not go on: " + reason.explanation())
                .orElse("is not approved any more; approve the rest of it");
    }

    private boolean workOutLedger() {
        List<Consumption> consumptions = new ArrayList<>(earlierConsumptions);
        graphWork().done().forEach(sidecar -> Consumption.of(sidecar).ifPresent(consumptions::add));
        update = Optional.of(LedgerUpdate.of(
                swept(),
                changes,
                desired,
                survey.orElseThrow().missingGraphs(),
                removals,
                consumptions,
                context.clock().instant()));
        return true;
    }

    private boolean writeLedger() {
        return recorded().write(update.orElseThrow().ledger());
    }

    private boolean retireSidecars() {
        List<Sidecar> done = new ArrayList<>(survey.orElseThrow().sweep().done());
        done.removeIf(sidecar -> heldGraphs.contains(sidecar.graphId()) || settled.contains(sidecar));
        done.addAll(graphWork().retirable());
        done.addAll(givenUp);
        retire(done);
        return true;
    }

    private void retire(List<Sidecar> done) {
        Ledger ledger = base().ledger();
        done.forEach(sidecar -> emptyTrash(sidecar, ledger));
        new Retirement(context, report).retire(done, ledger);
    }

    private boolean removeFormerVersions() {
        return !hasCleanups || cleanups().carryOut(base().ledger());
    }

    /** What an interrupted delete had compared and begun to remove, once its approval is recorded as used. */
    private void emptyTrash(Sidecar sidecar, Ledger ledger) {
        if (sidecar.kind() == SidecarKind.GRAPH_DELETE
                && sidecar.approvalId()
                        .filter(approval -> ledger.approvalRecords().containsKey(approval))
                        .isPresent()) {
            context.store().removeTree(ControlKeys.trash(sidecar.operationId()), removed -> {});
        }
    }

    private long count(Set<Disposition> dispositions) {
        return changes.stream()
                .filter(change -> dispositions.contains(change.disposition()))
                .count();
    }

    private VersionCleanups cleanups() {
        return new VersionCleanups(context, lock, report, listener);
    }

    private GraphWork graphWork() {
        return graphWork.orElseThrow();
    }

    private RecordedLedger recorded() {
        return recorded.orElseThrow();
    }

    private StoredLedger base() {
        return recorded().stored();
    }

    private Ledger swept() {
        return survey.orElseThrow().sweep().ledger();
    }
}
