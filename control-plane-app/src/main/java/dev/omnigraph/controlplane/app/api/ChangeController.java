package dev.omnigraph.controlplane.app.api;

import dev.omnigraph.controlplane.app.command.ChangingCommands;
import dev.omnigraph.controlplane.app.http.RepeatableCall;
import dev.omnigraph.controlplane.app.http.Waiting;
import dev.omnigraph.controlplane.app.security.Principal;
import dev.omnigraph.controlplane.app.security.Requires;
import dev.omnigraph.controlplane.app.security.Role;
import dev.omnigraph.controlplane.apply.ApplyRequest;
import dev.omnigraph.controlplane.json.JsonObject;
import java.time.Duration;
import java.util.List;
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

    private final ValidConfiguration configuration;
    private final ChangingCommands commands;
    private final OperationAnswers operations;

    ChangeController(ValidConfiguration configuration, ChangingCommands commands, OperationAnswers operations) {
        this.configuration = configuration;
        this.commands = commands;
        this.operations = operations;
    }

    @PostMapping("/apply")
    @Requires(Role.OPERATOR)
    ResponseEntity<byte[]> apply(
            JsonObject body, RepeatableCall call, Principal principal, @RequestHeader HttpHeaders headers) {
        ApplyRequest request = BodyMembers.read(
                body,
                List.of("plan_digest", "expected_state_cas"),
                members -> new ApplyRequest(
                        principal.actor(),
                        members.optionalString("plan_digest"),
                        members.optionalString("expected_state_cas")));
        return operations.submit(call, () -> commands.apply(configuration.load(), request), principal, wait(headers));
    }

    @PostMapping("/refresh")
    @Requires(Role.OPERATOR)
    ResponseEntity<byte[]> refresh(
            JsonObject body, RepeatableCall call, Principal principal, @RequestHeader HttpHeaders headers) {
        Set<String> acceptMissing = BodyMembers.read(
                body,
                List.of("accept_missing"),
                members -> Set.copyOf(members.optionalStrings("accept_missing").orElse(List.of())));
        return operations.submit(
                call,
                () -> commands.refresh(configuration.loadForObserving(), acceptMissing),
                principal,
                wait(headers));
    }

    @PostMapping("/import")
    @Requires(Role.OPERATOR)
    ResponseEntity<byte[]> importLedger(
            JsonObject body, RepeatableCall call, Principal principal, @RequestHeader HttpHeaders headers) {
        boolean ifMissing = BodyMembers.read(
                body,
                List.of("if_missing"),
                members -> members.optionalBoolean("if_missing").orElse(false));
        return operations.submit(
                call,
                () -> commands.importLedger(configuration.loadForObserving(), ifMissing),
                principal,
                wait(headers));
    }

    private static Duration wait(HttpHeaders headers) {
        return Waiting.preferred(headers.getOrEmpty(PREFER));
    }
}
