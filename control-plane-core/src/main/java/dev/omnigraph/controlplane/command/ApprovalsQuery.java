package dev.omnigraph.controlplane.command;

import dev.omnigraph.controlplane.apply.Survey;
import dev.omnigraph.controlplane.approval.ApprovalBook;
import dev.omnigraph.controlplane.approval.ApprovalEntry;
import dev.omnigraph.controlplane.approval.ApprovalState;
import dev.omnigraph.controlplane.approval.ApprovalStore;
import dev.omnigraph.controlplane.approval.ApprovalVerdicts;
import dev.omnigraph.controlplane.config.ConfigLoad;
import dev.omnigraph.controlplane.config.DesiredCluster;
import dev.omnigraph.controlplane.ledger.Ledger;
import dev.omnigraph.controlplane.ledger.LedgerRead;
import dev.omnigraph.controlplane.plan.Gate;
import dev.omnigraph.controlplane.plan.Plan;
import dev.omnigraph.controlplane.plan.Verdict;
import dev.omnigraph.controlplane.session.ClusterContext;
import dev.omnigraph.controlplane.storage.StorageUnavailableException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;

/** Every decision with what has become of it. Approvals that wait are held against the plan as it is now. Reads only. */
final class ApprovalsQuery {

    private final ClusterContext context;

    ApprovalsQuery(ClusterContext context) {
        this.context = context;
    }

    /**
     * All decisions, newest first.
     *
     * @throws StorageUnavailableException where the storage does not answer
     */
    List<ApprovalView> run(ConfigLoad load) {
        ApprovalBook book = new ApprovalStore(context.store(), context.root()).read();
        Ledger ledger = ledger();
        Instant now = context.clock().instant();
        boolean anyWaits =
                book.entries().values().stream().anyMatch(entry -> entry.state(ledger, now) == ApprovalState.PENDING);
        Optional<Plan> plan = anyWaits ? plan(load, ledger) : Optional.empty();
        List<ApprovalView> views = new ArrayList<>();
        for (ApprovalEntry entry : book.entries().values()) {
            ApprovalState state = context.settings().approvals().judged(entry, entry.state(ledger, now));
            views.add(view(entry, state, load.desired(), plan));
        }
        Collections.reverse(views);
        return List.copyOf(views);
    }

    private Ledger ledger() {
        LedgerRead read = context.ledgers().read();
        if (read instanceof LedgerRead.Unknown unknown) {
            throw new StorageUnavailableException("the ledger cannot be read: " + unknown.reason());
        }
        return read instanceof LedgerRead.Present present ? present.stored().ledger() : Ledger.EMPTY;
    }

    private Optional<Plan> plan(ConfigLoad load, Ledger ledger) {
        return load.desired().map(desired -> {
            Survey survey = Survey.take(context, desired, ledger);
            return Plan.of(Optional.of(survey.sweep().ledger()), desired, survey.facts());
        });
    }

    private static ApprovalView view(
            ApprovalEntry entry, ApprovalState state, Optional<DesiredCluster> desired, Optional<Plan> plan) {
        if (state != ApprovalState.PENDING || desired.isEmpty() || plan.isEmpty()) {
            return new ApprovalView(entry, state, List.of());
        }
        List<String> moved =
                moved(entry, desired.get(), plan.get().gate(entry.bound().resource()));
        return new ApprovalView(entry, moved.isEmpty() ? state : ApprovalState.STALE, moved);
    }

    private static List<String> moved(ApprovalEntry entry, DesiredCluster desired, Optional<Gate> gate) {
        if (gate.isEmpty()) {
            return List.of("change");
        }
        List<String> moved =
                new ArrayList<>(ApprovalVerdicts.moved(entry, gate.get().change(), desired.configDigest()));
        boolean counts = gate.get().verdict().equals(new Verdict.Approved(entry.id()));
        if (!counts && !ApprovalVerdicts.covers(entry, gate.get().seen())) {
            moved.add("data");
        }
        return moved;
    }
}
