package dev.omnigraph.controlplane.app.api;

import dev.omnigraph.controlplane.app.command.ChangingCommands;
import dev.omnigraph.controlplane.app.http.Answers;
import dev.omnigraph.controlplane.app.http.RepeatableCall;
import dev.omnigraph.controlplane.app.problem.Problem;
import dev.omnigraph.controlplane.app.problem.ProblemException;
import dev.omnigraph.controlplane.app.security.Principal;
import dev.omnigraph.controlplane.app.security.Requires;
import dev.omnigraph.controlplane.app.security.Role;
import dev.omnigraph.controlplane.command.ClusterService;
import dev.omnigraph.controlplane.command.RecoveryView;
import dev.omnigraph.controlplane.diagnostic.DiagnosticCode;
import dev.omnigraph.controlplane.json.JsonArray;
import dev.omnigraph.controlplane.json.JsonObject;
import dev.omnigraph.controlplane.json.JsonShapeException;
import java.util.List;
import java.util.regex.Pattern;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RestController;

/** What interrupted operations left, what the next sweep makes of it, and what an admin does about the rest. */
@RestController
class RecoveryController {

    private static final Pattern ID = Pattern.compile("[A-Za-z0-9_-]{1,256}");

    private final ClusterService cluster;
    private final ChangingCommands commands;
    private final OperationAnswers operations;

    RecoveryController(ClusterService cluster, ChangingCommands commands, OperationAnswers operations) {
        this.cluster = cluster;
        this.commands = commands;
        this.operations = operations;
    }

    @GetMapping("/recoveries")
    @Requires(Role.VIEWER)
    ResponseEntity<byte[]> list() {
        return Answers.ok(JsonObject.builder()
                .put(
                        "recoveries",
                        JsonArray.of(cluster.recoveries().stream()
                                .map(RecoveryView::toJson)
                                .toList()))
                .build());
    }

    @PostMapping("/recoveries/{recovery_id}/discard")
    @Requires(Role.ADMIN)
    ResponseEntity<byte[]> discard(
            @PathVariable("recovery_id") String id, JsonObject body, RepeatableCall call, Principal principal) {
        String digest =
                BodyMembers.read(body, List.of("objects_digest"), members -> members.requireString("objects_digest"));
        return operations.done(call, () -> commands.discard(known(id), digest), principal, Answers::ok);
    }

    @PostMapping("/recoveries/{recovery_id}/quarantine")
    @Requires(Role.ADMIN)
    ResponseEntity<byte[]> quarantine(
            @PathVariable("recovery_id") String id, JsonObject body, RepeatableCall call, Principal principal) {
        String reason = BodyMembers.read(body, List.of("reason"), members -> {
            String text = members.requireString("reason");
            if (text.isBlank() || text.length() > Texts.MAX_LENGTH) {
                throw new JsonShapeException(members.child("reason"), "takes 1 to " + Texts.MAX_LENGTH + " characters");
            }
            return text;
        });
        return operations.done(
                call, () -> commands.quarantine(known(id), principal.actor(), reason), principal, Answers::ok);
    }

    private static String known(String id) {
        if (ID.matcher(id).matches()) {
            return id;
        }
        throw new ProblemException(
                Problem.of(DiagnosticCode.RECOVERY_NOT_FOUND, "no recovery record is named `" + id + "`"));
    }
}
