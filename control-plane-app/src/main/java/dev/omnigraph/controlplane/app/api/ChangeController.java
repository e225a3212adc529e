package dev.omnigraph.controlplane.app.api;

import dev.omnigraph.controlplane.app.command.ChangingCommands;
import dev.omnigraph.controlplane.app.command.PinnedConfiguration;
import dev.omnigraph.controlplane.app.command.StoredPlans;
import dev.omnigraph.controlplane.app.http.RepeatableCall;
import dev.omnigraph.controlplane.app.http.Waiting;
import dev.omnigraph.controlplane.app.operation.OperationWork;
import dev.omnigraph.controlplane.app.security.Principal;
import dev.omnigraph.controlplane.app.security.Requires;
import dev.omnigraph.controlplane.app.security.Role;
import dev.omnigraph.controlplane.apply.ApplyRequest;
import dev.omnigraph.controlplane.desired.ConfigurationName;
import dev.omnigraph.controlplane.json.JsonObject;
import dev.omnigraph.controlplane.json.JsonShapeException;
import dev.omnigraph.controlplane.json.TypedObject;
import dev.omnigraph.controlplane.storedplan.StoredPlan;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.springframework.http.HttpHeaders;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RestController;

/** The commands that change things: accepted as operations, unless the configuration is invalid. */
@RestController
class ChangeController {

    static final String PREFER = "Prefer";
    private static final List<String> APPLY_MEMBERS =
            List.of("plan_id", Naming.CONFIGURATION, "plan_digest", "expected_state_cas");

    private final ValidConfiguration configuration;
    private final ChangingCommands commands;
    private final StoredPlans plans;
    private final OperationAnswers operations;

    ChangeController(
            ValidConfiguration configuration,
            ChangingCommands commands,
            StoredPlans plans,
            OperationAnswers operations) {
        this.configuration = configuration;
        this.commands = commands;
        this.plans = plans;
        this.operations = operations;
    }

    @PostMapping("/apply")
    @Requires(Role.OPERATOR)
    ResponseEntity<byte[]> apply(
            JsonObject body, RepeatableCall call, Principal principal, @RequestHeader HttpHeaders headers) {
        Apply apply = BodyMembers.read(body, APPLY_MEMBERS, members -> apply(members, principal.actor()));
        return operations.submit(call, operation -> work(apply, operation), principal, wait(headers));
    }

    /**
     * What an apply is asked for.
     *
     * @param plan a stored plan, which says everything else
     */
    private record Apply(Optional<String> plan, Optional<ConfigurationName> configuration, ApplyRequest request) {}

    private static Apply apply(TypedObject members, Optional<String> actor) throws JsonShapeException {
        Optional<String> plan = members.optionalString("plan_id");
        Apply apply = new Apply(
                plan,
                Naming.configuration(members),
                new ApplyRequest(
                        actor, members.optionalString("plan_digest"), members.optionalString("expected_state_cas")));
        boolean alone = apply.configuration().isEmpty()
                && apply.request().planDigest().isEmpty()
                && apply.request().expectedStateCas().isEmpty();
        if (plan.isPresent() && !alone) {
            throw new JsonShapeException(
                    members.child("plan_id"), "takes everything else from the plan; leave the other members out");
        }
        return apply;
    }

    /** A plan is taken for its operation once nothing else speaks against it, and before the operation is recorded. */
    private OperationWork work(Apply apply, String operation) {
        if (apply.plan().isEmpty()) {
            return commands.apply(configuration.load(apply.configuration()), apply.request());
        }
        StoredPlan plan = plans.requireReady(apply.plan().get(), operation);
        PinnedConfiguration pinned = configuration.load(Optional.of(plan.configuration()));
        plans.take(plan.id(), operation);
        return commands.apply(
                pinned,
                new ApplyRequest(
                        apply.request().actor(), Optional.of(plan.planDigest()), Optional.of(plan.stateCas())));
    }

    @PostMapping("/refresh")
    @Requires(Role.OPERATOR)
    ResponseEntity<byte[]> refresh(
            JsonObject body, RepeatableCall call, Principal principal, @RequestHeader HttpHeaders headers) {
        List<String> known = List.of("accept_missing", Naming.CONFIGURATION);
        Optional<ConfigurationName> named = BodyMembers.read(body, known, Naming::configuration);
        Set<String> acceptMissing = BodyMembers.read(
                body,
                known,
                members -> Set.copyOf(members.optionalStrings("accept_missing").orElse(List.of())));
        return operations.submit(
                call,
                operation -> commands.refresh(configuration.loadForObserving(named), acceptMissing),
                principal,
                wait(headers));
    }

    @PostMapping("/import")
    @Requires(Role.OPERATOR)
    ResponseEntity<byte[]> importLedger(
            JsonObject body, RepeatableCall call, Principal principal, @RequestHeader HttpHeaders headers) {
        List<String> known = List.of("if_missing", Naming.CONFIGURATION);
        Optional<ConfigurationName> named = BodyMembers.read(body, known, Naming::configuration);
        boolean ifMissing = BodyMembers.read(
                body, known, members -> members.optionalBoolean("if_missing").orElse(false));
        return operations.submit(
                call,
                operation -> commands.importLedger(configuration.loadForObserving(named), ifMissing),
                principal,
                wait(headers));
    }

    private static Duration wait(HttpHeaders headers) {
        return Waiting.preferred(headers.getOrEmpty(PREFER));
    }
}
