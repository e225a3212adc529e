package dev.omnigraph.controlplane.app.command;

import dev.omnigraph.controlplane.app.problem.Problem;
import dev.omnigraph.controlplane.app.problem.ProblemCode;
import dev.omnigraph.controlplane.app.problem.ProblemException;
import dev.omnigraph.controlplane.command.ClusterService;
import dev.omnigraph.controlplane.command.PlanOutput;
import dev.omnigraph.controlplane.command.PlanText;
import dev.omnigraph.controlplane.diagnostic.DiagnosticCode;
import dev.omnigraph.controlplane.document.DocumentRead;
import dev.omnigraph.controlplane.document.DocumentWrite;
import dev.omnigraph.controlplane.operation.OperationRead;
import dev.omnigraph.controlplane.operation.OperationRecord;
import dev.omnigraph.controlplane.operation.OperationStore;
import dev.omnigraph.controlplane.plan.Plan;
import dev.omnigraph.controlplane.storage.StorageUnavailableException;
import dev.omnigraph.controlplane.storedplan.PlanState;
import dev.omnigraph.controlplane.storedplan.StoredPlan;
import dev.omnigraph.controlplane.storedplan.StoredPlanStore;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/** Plans that people link to: made, looked at, carried out, given up. */
public final class StoredPlans {

    /** So often one plan is tried; a plan that always fails wants another look. */
    static final int MAX_OPERATIONS = 50;

    /** A write that others were faster than is tried anew so often. */
    private static final int MAX_ATTEMPTS = 5;

    private final ClusterService cluster;
    private final Configurations configurations;
    private final StoredPlanStore plans;
    private final OperationStore operations;
    private final InstantSource clock;
    private final Duration expiry;

    /** @param expiry how long a plan can be carried out that says nothing of its own */
    public StoredPlans(
            ClusterService cluster,
            Configurations configurations,
            StoredPlanStore plans,
            OperationStore operations,
            InstantSource clock,
            Duration expiry) {
        this.cluster = cluster;
        this.configurations = configurations;
        this.plans = plans;
        this.operations = operations;
        this.clock = clock;
        this.expiry = expiry;
    }

    /** What has moved since a plan was made. */
    public enum Moved {
        /** The configuration is not stored any more. */
        CONFIGURATION,

        /** The ledger is another. */
        LEDGER,

        /** Something else would be changed. */
        CHANGES,

        /** Planning ends with errors now. */
        FINDINGS
    }

    /**
     * A plan as it stands.
     *
     * @param moved empty where it is exact, and where it is not ready, for which nobody looks
     */
    public record Standing(StoredPlan plan, PlanState state, List<Moved> moved) {
        public Standing {
            moved = List.copyOf(moved);
        }
    }

    /**
     * Plans, and stores what came of it.
     *
     * @param id of the plan; where one is stored under it already, that is the answer
     * @param configuration under its name
     * @throws ProblemException where there is nothing to store: planning ends with errors, or there is no ledger
     */
    public Standing make(
            String id, PinnedConfiguration configuration, Optional<String> actor, Optional<Duration> expiresIn) {
        PlanOutput output = cluster.plan(configuration.load());
        if (!output.ok()) {
            throw new ProblemException(Problem.of(output.diagnostics()));
        }
        String stateCas = output.observations()
                .cas()
                .orElseThrow(() -> new ProblemException(Problem.of(
                        DiagnosticCode.STATE_MISSING,
                        "there is no ledger that the plan could be made over; nothing was stored")));
        Instant now = clock.instant();
        StoredPlan plan = new StoredPlan(
                id,
                configuration.stored().orElseThrow(),
                output.plan().map(Plan::digest).orElseThrow(),
                stateCas,
                output.toJson(),
                PlanText.render(output),
                actor,
                now,
                now.plus(expiresIn.orElse(expiry)),
                Optional.empty(),
                List.of());
        DocumentWrite<StoredPlan> write = plans.create(plan);
        if (write instanceof DocumentWrite.Lost<StoredPlan>) {
            return look(id);
        }
        StoredPlan made = stored(write, "the plan could not be stored");
        return new Standing(made, state(made), List.of());
    }

    /** Whether a plan is stored under this id. */
    public boolean isStored(String id) {
        return plans.find(id).isPresent();
    }

    /** A plan as it stands now; one that is ready is made once more to see whether it is still exact. */
    public Standing look(String id) {
        StoredPlan plan = require(id).value();
        PlanState state = state(plan);
        return new Standing(plan, state, state == PlanState.READY ? moved(plan) : List.of());
    }

    /** What has become of a plan, without a look at whether it is exact. */
    public PlanState state(StoredPlan plan) {
        return PlanState.of(plan, operationsOf(plan), clock.instant());
    }

    public StoredPlanStore.Page page(Optional<String> olderThan, int size) {
        return plans.page(olderThan, size);
    }

    /**
     * A plan that can be carried out, to look at before it is.
     *
     * @throws ProblemException {@code plan_not_ready}, {@code plan_not_found}
     */
    public StoredPlan requireReady(String id, String operation) {
        return requireReady(require(id), operation);
    }

    /**
     * Notes that an operation is about to carry a plan out.
     *
     * @throws ProblemException {@code plan_not_ready}, {@code plan_not_found}
     */
    public void take(String id, String operation) {
        change(id, found -> {
            StoredPlan plan = requireReady(found, operation);
            return plan.operations().contains(operation)
                    ? new DocumentWrite.Stored<>(found)
                    : plans.take(found, operation);
        });
    }

    /**
     * Gives a plan up.
     *
     * @throws ProblemException {@code plan_not_ready}, {@code plan_not_found}
     */
    public StoredPlan abandon(String id, Optional<String> actor) {
        return change(id, found -> {
            if (found.value().abandoned().isPresent()) {
                return new DocumentWrite.Stored<>(found);
            }
            requireReady(found, "");
            return plans.abandon(found, new StoredPlan.Abandonment(actor, clock.instant()));
        });
    }

    private StoredPlan requireReady(DocumentRead.Found<StoredPlan> found, String operation) {
        StoredPlan plan = found.value();
        List<OperationRecord> records = operationsOf(plan);
        PlanState state = PlanState.of(plan, records, clock.instant());
        if (state != PlanState.READY) {
            throw notReady(plan, "is " + state.wire());
        }
        records.stream()
                .filter(record -> !record.state().isFinal() && !record.id().equals(operation))
                .findFirst()
                .ifPresent(record -> {
                    throw notReady(plan, "is being carried out by operation " + record.id());
                });
        if (plan.operations().size() >= MAX_OPERATIONS && !plan.operations().contains(operation)) {
            throw notReady(plan, "was tried " + MAX_OPERATIONS + " times without success");
        }
        return plan;
    }

    private static ProblemException notReady(StoredPlan plan, String why) {
        return new ProblemException(
                Problem.of(ProblemCode.PLAN_NOT_READY, "plan " + plan.id() + " " + why + "; nothing was changed"));
    }

    private StoredPlan change(String id, Function<DocumentRead.Found<StoredPlan>, DocumentWrite<StoredPlan>> change) {
        DocumentWrite<StoredPlan> write = change.apply(require(id));
        for (int attempt = 2; attempt <= MAX_ATTEMPTS && write instanceof DocumentWrite.Lost<StoredPlan>; attempt++) {
            write = change.apply(require(id));
        }
        return stored(write, "plan " + id + " could not be changed");
    }

    private static StoredPlan stored(DocumentWrite<StoredPlan> write, String failure) {
        if (write instanceof DocumentWrite.Stored<StoredPlan> stored) {
            return stored.document().value();
        }
        String reason = write instanceof DocumentWrite.Refused<StoredPlan> refused
                ? refused.reason()
                : write instanceof DocumentWrite.Unknown<StoredPlan> unknown
                        ? unknown.reason()
                        : "others change it all the time";
        throw new StorageUnavailableException(failure + ": " + reason);
    }

    private DocumentRead.Found<StoredPlan> require(String id) {
        return plans.find(id)
                .orElseThrow(() -> new ProblemException(
                        Problem.of(ProblemCode.PLAN_NOT_FOUND, "no plan is stored as `" + id + "`")));
    }

    private List<OperationRecord> operationsOf(StoredPlan plan) {
        List<OperationRecord> records = new ArrayList<>();
        for (String id : plan.operations()) {
            OperationRead read = operations.read(id);
            if (read instanceof OperationRead.Found found) {
                records.add(found.operation().record());
            } else if (read instanceof OperationRead.Unavailable unavailable) {
                throw new StorageUnavailableException("operation " + id + " cannot be read: " + unavailable.reason());
            }
        }
        return records;
    }

    private List<Moved> moved(StoredPlan plan) {
        if (!configurations.isStored(plan.configuration())) {
            return List.of(Moved.CONFIGURATION);
        }
        PlanOutput now = cluster.plan(
                configurations.load(Optional.of(plan.configuration())).load());
        List<Moved> moved = new ArrayList<>();
        if (!now.observations().cas().equals(Optional.of(plan.stateCas()))) {
            moved.add(Moved.LEDGER);
        }
        if (!now.ok()) {
            moved.add(Moved.FINDINGS);
        } else if (!now.plan().map(Plan::digest).equals(Optional.of(plan.planDigest()))) {
            moved.add(Moved.CHANGES);
        }
        return moved;
    }
}
