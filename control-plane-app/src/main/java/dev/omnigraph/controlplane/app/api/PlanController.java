package dev.omnigraph.controlplane.app.api;

import dev.omnigraph.controlplane.app.command.StoredPlans;
import dev.omnigraph.controlplane.app.command.StoredPlans.Moved;
import dev.omnigraph.controlplane.app.http.Answers;
import dev.omnigraph.controlplane.app.http.RepeatableCall;
import dev.omnigraph.controlplane.app.security.Principal;
import dev.omnigraph.controlplane.app.security.Requires;
import dev.omnigraph.controlplane.app.security.Role;
import dev.omnigraph.controlplane.desired.ConfigurationName;
import dev.omnigraph.controlplane.json.JsonArray;
import dev.omnigraph.controlplane.json.JsonBoolean;
import dev.omnigraph.controlplane.json.JsonNull;
import dev.omnigraph.controlplane.json.JsonObject;
import dev.omnigraph.controlplane.json.JsonShapeException;
import dev.omnigraph.controlplane.json.JsonValue;
import dev.omnigraph.controlplane.json.TypedObject;
import dev.omnigraph.controlplane.ledger.WireTime;
import dev.omnigraph.controlplane.operation.ClusterIdentity;
import dev.omnigraph.controlplane.storedplan.PlanState;
import dev.omnigraph.controlplane.storedplan.StoredPlan;
import dev.omnigraph.controlplane.storedplan.StoredPlanStore;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** Plans that people link to. */
@RestController
class PlanController {

    private final ValidConfiguration configuration;
    private final StoredPlans plans;
    private final ClusterIdentity cluster;
    private final Repetition repetition;

    PlanController(
            ValidConfiguration configuration, StoredPlans plans, ClusterIdentity cluster, Repetition repetition) {
        this.configuration = configuration;
        this.plans = plans;
        this.cluster = cluster;
        this.repetition = repetition;
    }

    @PostMapping("/plans")
    @Requires(Role.OPERATOR)
    ResponseEntity<byte[]> make(JsonObject body, RepeatableCall call, Principal principal) {
        Wanted wanted = BodyMembers.read(body, List.of(Naming.CONFIGURATION, "expires_in"), PlanController::wanted);
        return repetition.answer(call, id -> {
            StoredPlans.Standing plan = plans.isStored(id) ? plans.look(id) : make(id, wanted, principal.actor());
            return Answers.json(
                    ResponseEntity.status(HttpStatus.CREATED)
                            .location(URI.create("/plans/" + plan.plan().id())),
                    full(plan));
        });
    }

    private StoredPlans.Standing make(String id, Wanted wanted, Optional<String> actor) {
        return plans.make(id, configuration.stored(wanted.configuration(), actor), actor, wanted.expiresIn());
    }

    private record Wanted(Optional<ConfigurationName> configuration, Optional<Duration> expiresIn) {}

    private static Wanted wanted(TypedObject members) throws JsonShapeException {
        return new Wanted(Naming.configuration(members), Texts.expiry(members, "expires_in"));
    }

    @GetMapping("/plans")
    @Requires(Role.VIEWER)
    ResponseEntity<byte[]> list(
            @RequestParam("cursor") Optional<String> cursor, @RequestParam("limit") Optional<String> limit) {
        cursor.filter(text -> !StoredPlanStore.isId(text)).ifPresent(text -> {
            throw Paging.notACursor(text);
        });
        StoredPlanStore.Page page = plans.page(cursor, Paging.of(limit).size());
        return Answers.ok(JsonObject.builder()
                .put(
                        "plans",
                        JsonArray.of(page.plans().stream()
                                .map(plan -> summary(plan, plans.state(plan)).build())
                                .toList()))
                .put("unreadable", JsonArray.ofStrings(page.unreadable()))
                .putOrNull("next_cursor", page.next())
                .build());
    }

    @GetMapping("/plans/{plan_id}")
    @Requires(Role.VIEWER)
    ResponseEntity<byte[]> get(@PathVariable("plan_id") String id, @RequestHeader HttpHeaders headers) {
        StoredPlans.Standing standing = plans.look(id);
        return Answers.prefersText(headers) ? Answers.text(text(standing)) : Answers.ok(full(standing));
    }

    @DeleteMapping("/plans/{plan_id}")
    @Requires(Role.OPERATOR)
    ResponseEntity<byte[]> abandon(@PathVariable("plan_id") String id, Principal principal) {
        return Answers.ok(full(plans.look(plans.abandon(id, principal.actor()).id())));
    }

    private static String text(StoredPlans.Standing standing) {
        StoredPlan plan = standing.plan();
        String exactness = standing.state() != PlanState.READY
                ? ""
                : standing.moved().isEmpty() ? ", still exact" : ", not exact any more: " + words(standing.moved());
        return "Plan " + plan.id() + ", made " + WireTime.format(plan.createdAt())
                + plan.actor().map(actor -> " by " + actor).orElse("") + "\n"
                + "Configuration " + plan.configuration() + ", ledger " + plan.stateCas() + "\n"
                + standing.state().wire() + exactness + ", expires " + WireTime.format(plan.expiresAt()) + "\n\n"
                + plan.text();
    }

    private static String words(List<Moved> moved) {
        return moved.stream().map(PlanController::wire).collect(Collectors.joining(", "));
    }

    private static String wire(Moved moved) {
        return moved.name().toLowerCase(Locale.ROOT);
    }

    private JsonObject full(StoredPlans.Standing standing) {
        return summary(standing.plan(), standing.state())
                .put(
                        "exact",
                        standing.state() == PlanState.READY
                                ? new JsonBoolean(standing.moved().isEmpty())
                                : JsonNull.INSTANCE)
                .put(
                        "moved",
                        JsonArray.ofStrings(standing.moved().stream()
                                .map(PlanController::wire)
                                .toList()))
                .put("output", standing.plan().output())
                .build();
    }

    private JsonObject.Builder summary(StoredPlan plan, PlanState state) {
        return JsonObject.builder()
                .put("plan_id", plan.id())
                .put("cluster_id", cluster.clusterId())
                .put("incarnation", cluster.incarnation())
                .put("state", state.wire())
                .put("configuration", plan.configuration().text())
                .put("plan_digest", plan.planDigest())
                .put("state_cas", plan.stateCas())
                .putOrNull("actor", plan.actor())
                .put("created_at", WireTime.format(plan.createdAt()))
                .put("expires_at", WireTime.format(plan.expiresAt()))
                .put("abandoned", JsonValue.orNull(plan.abandoned().map(PlanController::abandonment)))
                .put("operations", JsonArray.ofStrings(plan.operations()));
    }

    private static JsonObject abandonment(StoredPlan.Abandonment abandoned) {
        return JsonObject.builder()
                .putOrNull("actor", abandoned.actor())
                .put("at", WireTime.format(abandoned.at()))
                .build();
    }
}
