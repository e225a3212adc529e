package dev.omnigraph.controlplane.app.api;

import dev.omnigraph.controlplane.app.command.ChangingCommands;
import dev.omnigraph.controlplane.app.command.Configurations;
import dev.omnigraph.controlplane.app.http.Answers;
import dev.omnigraph.controlplane.app.http.RepeatableCall;
import dev.omnigraph.controlplane.app.problem.Problem;
import dev.omnigraph.controlplane.app.problem.ProblemCode;
import dev.omnigraph.controlplane.app.problem.ProblemException;
import dev.omnigraph.controlplane.app.security.Principal;
import dev.omnigraph.controlplane.app.security.Requires;
import dev.omnigraph.controlplane.app.security.Role;
import dev.omnigraph.controlplane.approval.ApprovalState;
import dev.omnigraph.controlplane.approval.Decision;
import dev.omnigraph.controlplane.command.ApprovalRequest;
import dev.omnigraph.controlplane.command.ApprovalView;
import dev.omnigraph.controlplane.command.ClusterService;
import dev.omnigraph.controlplane.desired.ConfigurationName;
import dev.omnigraph.controlplane.diagnostic.DiagnosticCode;
import dev.omnigraph.controlplane.json.JsonArray;
import dev.omnigraph.controlplane.json.JsonObject;
import dev.omnigraph.controlplane.json.JsonShapeException;
import dev.omnigraph.controlplane.json.JsonString;
import dev.omnigraph.controlplane.json.TypedObject;
import java.net.URI;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** Human decisions about changes that destroy data. */
@RestController
class ApprovalController {

    private static final List<String> MEMBERS = List.of(
            "resource",
            "plan_digest",
            "seen",
            "decision",
            "comment",
            "expires_in",
            "allow_data_movement",
            Naming.CONFIGURATION);

    /** Taking back twice is as good as once. */
    private static final RepeatableCall NOT_REPEATABLE = new RepeatableCall(Optional.empty());

    private final Configurations configurations;
    private final ValidConfiguration configuration;
    private final ClusterService cluster;
    private final ChangingCommands commands;
    private final OperationAnswers operations;

    ApprovalController(
            Configurations configurations,
            ValidConfiguration configuration,
            ClusterService cluster,
            ChangingCommands commands,
            OperationAnswers operations) {
        this.configurations = configurations;
        this.configuration = configuration;
        this.cluster = cluster;
        this.commands = commands;
        this.operations = operations;
    }

    @PostMapping("/approvals")
    @Requires(Role.APPROVER)
    ResponseEntity<byte[]> approve(JsonObject body, RepeatableCall call, Principal principal) {
        String actor = principal
                .actor()
                .orElseThrow(() -> new ProblemException(Problem.of(
                        DiagnosticCode.ACTOR_REQUIRED, "nobody decides without a name; nothing was read or decided")));
        ApprovalRequest request = BodyMembers.read(body, MEMBERS, members -> request(members, actor));
        Optional<ConfigurationName> named = BodyMembers.read(body, MEMBERS, Naming::configuration);
        return operations.done(
                call,
                () -> commands.approve(configuration.loadForObserving(named), request),
                principal,
                ApprovalController::created);
    }

    private static ResponseEntity<byte[]> created(JsonObject decided) {
        String id = decided.get("approval_id")
                .map(value -> ((JsonString) value).value())
                .orElseThrow();
        return Answers.json(
                ResponseEntity.status(HttpStatus.CREATED).location(URI.create("/approvals/" + id)), decided);
    }

    @GetMapping("/approvals")
    @Requires(Role.VIEWER)
    ResponseEntity<byte[]> list(
            @RequestParam("state") Optional<String> state, @RequestParam("resource") Optional<String> resource) {
        Optional<ApprovalState> wanted = state.map(ApprovalController::state);
        List<JsonObject> approvals = cluster.approvals(configurations.look()).stream()
                .filter(approval -> wanted.map(approval.state()::equals).orElse(true))
                .filter(approval -> resource.map(approval.entry().bound().resource()::equals)
                        .orElse(true))
                .map(ApprovalView::toJson)
                .toList();
        return Answers.ok(
                JsonObject.builder().put("approvals", JsonArray.of(approvals)).build());
    }

    @GetMapping("/approvals/{approval_id}")
    @Requires(Role.VIEWER)
    ResponseEntity<byte[]> get(@PathVariable("approval_id") String id) {
        return Answers.ok(cluster.approvals(configurations.look()).stream()
                .filter(approval -> approval.entry().id().equals(id))
                .findFirst()
                .map(ApprovalView::toJson)
                .orElseThrow(() -> new ProblemException(
                        Problem.of(DiagnosticCode.APPROVAL_NOT_FOUND, "no decision is recorded as `" + id + "`"))));
    }

    @DeleteMapping("/approvals/{approval_id}")
    @Requires(Role.APPROVER)
    ResponseEntity<byte[]> revoke(
            @PathVariable("approval_id") String id,
            @RequestParam("reason") Optional<String> reason,
            Principal principal) {
        if (reason.filter(text -> text.length() > Texts.MAX_LENGTH).isPresent()) {
            throw new ProblemException(Problem.of(
                    ProblemCode.INVALID_PARAMETER, "reason has more than " + Texts.MAX_LENGTH + " characters"));
        }
        return operations.done(
                NOT_REPEATABLE, () -> commands.revoke(id, principal.actor(), reason), principal, Answers::ok);
    }

    private static ApprovalRequest request(TypedObject members, String actor) throws JsonShapeException {
        String decision = members.optionalString("decision").orElse(Decision.APPROVE.wire());
        return new ApprovalRequest(
                members.requireString("resource"),
                actor,
                Optional.of(members.requireString("plan_digest")),
                members.optionalString("seen"),
                Decision.named(decision)
                        .orElseThrow(
                                () -> new JsonShapeException(members.child("decision"), "takes `approve` or `reject`")),
                Texts.optional(members, "comment"),
                Texts.expiry(members, "expires_in"),
                members.optionalBoolean("allow_data_movement").orElse(false));
    }

    private static ApprovalState state(String wire) {
        return ApprovalState.named(wire)
                .orElseThrow(() -> new ProblemException(Problem.of(
                        ProblemCode.INVALID_PARAMETER,
                        "state is one of "
                                + Arrays.stream(ApprovalState.values())
                                        .map(ApprovalState::wire)
                                        .collect(Collectors.joining(", "))
                                + ", not `" + wire + "`")));
    }
}
