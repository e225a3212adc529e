package dev.omnigraph.controlplane.command;

import dev.omnigraph.controlplane.apply.Survey;
import dev.omnigraph.controlplane.approval.ApprovalRecord;
import dev.omnigraph.controlplane.approval.ApprovalStore;
import dev.omnigraph.controlplane.approval.Decision;
import dev.omnigraph.controlplane.config.ConfigLoad;
import dev.omnigraph.controlplane.config.DesiredCluster;
import dev.omnigraph.controlplane.diagnostic.DiagnosticCode;
import dev.omnigraph.controlplane.fault.FaultPoint;
import dev.omnigraph.controlplane.ledger.Approval;
import dev.omnigraph.controlplane.ledger.ControlKeys;
import dev.omnigraph.controlplane.ledger.LedgerRead;
import dev.omnigraph.controlplane.ledger.StoredLedger;
import dev.omnigraph.controlplane.ledger.WireTime;
import dev.omnigraph.controlplane.plan.Destruction;
import dev.omnigraph.controlplane.plan.Gate;
import dev.omnigraph.controlplane.plan.Plan;
import dev.omnigraph.controlplane.session.ClusterContext;
import dev.omnigraph.controlplane.session.CommandReport;
import dev.omnigraph.controlplane.session.LockedSection;
import dev.omnigraph.controlplane.session.RunListener;
import dev.omnigraph.controlplane.storage.PutOutcome;
import dev.omnigraph.controlplane.storage.StorageUnavailableException;
import java.time.Instant;
import java.util.Optional;
import java.util.function.Function;

/**
 * Records a human decision about a change that needs one (control-plane.md 7.5): the plan is made anew under the lock, as
 * plan makes it, and the decision is bound to exactly what it says.
 */
final class ApproveCommand {

    private final ClusterContext context;
    private final ApprovalStore approvals;

    ApproveCommand(ClusterContext context) {
        this.context = context;
        this.approvals = new ApprovalStore(context.store(), context.root());
    }

    ApproveOutput run(ConfigLoad load, ApprovalRequest request, RunListener listener) {
        CommandReport report = new CommandReport(context.root());
        report.addAll(StorageCheck.findings(context, load));
        Optional<ApprovalRecord> decided = load.desired()
                .filter(desired -> !report.hasErrors())
                .flatMap(desired -> runLocked(desired, request, listener, report));
        return new ApproveOutput(load.configDir(), decided, report.diagnostics());
    }

    private Optional<ApprovalRecord> runLocked(
            DesiredCluster desired, ApprovalRequest request, RunListener listener, CommandReport report) {
        Function<LockedSection, Optional<ApprovalRecord>> work = lock -> ledger(listener, report)
                .flatMap(stored -> decide(desired, stored, request, report))
                .filter(record -> lock.mayAct(report) && store(record, report));
        return switch (request.decision()) {
            case APPROVE -> LockedSection.during(context, "approve", listener, report, work);
            case REJECT -> LockedSection.duringFreeze(context, "approve", listener, report, work);
        };
    }

    private Optional<StoredLedger> ledger(RunListener listener, CommandReport report) {
        LedgerRead read = context.ledgers().read();
        if (read instanceof LedgerRead.Present present) {
            listener.ledgerRead(present.stored().cas());
            report.observe(seen -> seen.with(read));
            return Optional.of(present.stored());
        }
        if (read instanceof LedgerRead.Absent) {
            report.add(
                    DiagnosticCode.STATE_MISSING,
                    ControlKeys.STATE.path(),
                    "there is no ledger yet, so there is nothing to decide about; run cluster import first");
        } else if (read instanceof LedgerRead.Unusable unusable) {
            report.add(unusable.diagnostic());
        } else if (read instanceof LedgerRead.Unknown unknown) {
            throw new StorageUnavailableException("the ledger cannot be read: " + unknown.reason());
        }
        return Optional.empty();
    }

    /** The decision, where the plan and the data are what the person looked at; else the report says what is not. */
    private Optional<ApprovalRecord> decide(
            DesiredCluster desired, StoredLedger stored, ApprovalRequest request, CommandReport report) {
        Survey survey = Survey.take(context, desired, stored.ledger());
        Plan plan = Plan.of(Optional.of(survey.sweep().ledger()), desired, survey.facts());
        if (isOther(request.planDigest(), Optional.of(plan.digest()))) {
            report.add(
                    DiagnosticCode.PLAN_CHANGED,
                    request.resource(),
                    "the plan is not the one that the request names; nothing was decided");
            return Optional.empty();
        }
        Optional<Gate> gate = plan.gate(request.resource());
        if (gate.isEmpty()) {
            report.add(
                    DiagnosticCode.APPROVAL_NOT_REQUIRED,
                    request.resource(),
                    "no change of this resource is planned that needs a decision or can have one; nothing was decided");
            return Optional.empty();
        }
        if (request.decision() == Decision.APPROVE && gate.get().obstacle().isPresent()) {
            report.add(
                    DiagnosticCode.APPROVAL_NOT_REQUIRED,
                    request.resource(),
                    "the drops of this migration cannot be hard: "
                            + gate.get().obstacle().get() + "; nothing was decided");
            return Optional.empty();
        }
        // Who names a plan looked at it, and has to say at what.
        boolean sawOther = request.planDigest().isPresent()
                ? !request.seen().equals(gate.get().seen())
                : isOther(request.seen(), gate.get().seen());
        if (sawOther) {
            report.add(
                    DiagnosticCode.GRAPH_MOVED,
                    request.resource(),
                    "the data is not what the request says was seen, or the request does not say; nothing was decided");
            return Optional.empty();
        }
        return Optional.of(record(desired, plan, gate.get(), request));
    }

    private static boolean isOther(Optional<String> expected, Optional<String> present) {
        return expected.isPresent() && !expected.equals(present);
    }

    private ApprovalRecord record(DesiredCluster desired, Plan plan, Gate gate, ApprovalRequest request) {
        Instant now = context.clock().instant();
        Approval bound = new Approval(
                context.ids().nextUlid(),
                gate.resource().text(),
                gate.change().operation().wire(),
                gate.reason(),
                desired.configDigest(),
                gate.change().before(),
                gate.change().after(),
                request.actor(),
                WireTime.format(now),
                Optional.empty(),
                Optional.empty());
        return new ApprovalRecord(
                bound,
                request.decision(),
                request.comment(),
                request.expiresIn().map(now::plus),
                plan.digest(),
                gate.seen(),
                gate.destruction().map(Destruction::toJson),
                request.allowDataMovement(),
                Optional.empty());
    }

    /** The record goes first: an artifact without it would allow more than the person did. */
    private boolean store(ApprovalRecord record, CommandReport report) {
        if (!(approvals.record(record) instanceof PutOutcome.Done)) {
            reportUnwritten(record, "the decision could not be stored", report);
            return false;
        }
        context.faults().reach(FaultPoint.CLUSTER_APPROVE_AFTER_RECORD);
        if (record.isKeptBack()) {
            return true;
        }
        if (!(approvals.publish(record.bound()) instanceof PutOutcome.Done)) {
            reportUnwritten(
                    record,
                    "the approval is stored where only this service sees it, but its artifact could not be published;"
                            + " revoke it, or let an apply publish it",
                    report);
            return false;
        }
        context.faults().reach(FaultPoint.CLUSTER_APPROVE_AFTER_ARTIFACT);
        return true;
    }

    private void reportUnwritten(ApprovalRecord record, String message, CommandReport report) {
        report.add(
                DiagnosticCode.APPROVAL_WRITE_ERROR,
                context.root().display(ControlKeys.approval(record.approvalId())),
                message);
    }
}
