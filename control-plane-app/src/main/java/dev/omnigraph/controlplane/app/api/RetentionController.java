package dev.omnigraph.controlplane.app.api;

import dev.omnigraph.controlplane.app.command.ChangingCommands;
import dev.omnigraph.controlplane.app.http.RepeatableCall;
import dev.omnigraph.controlplane.app.http.Waiting;
import dev.omnigraph.controlplane.app.security.Principal;
import dev.omnigraph.controlplane.app.security.Requires;
import dev.omnigraph.controlplane.app.security.Role;
import dev.omnigraph.controlplane.json.JsonObject;
import org.springframework.http.HttpHeaders;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RestController;

/** Removes what is kept for a time only, when an admin asks for it and not only when its time has come. */
@RestController
class RetentionController {

    private final ChangingCommands commands;
    private final OperationAnswers operations;

    RetentionController(ChangingCommands commands, OperationAnswers operations) {
        this.commands = commands;
        this.operations = operations;
    }

    @PostMapping("/retention")
    @Requires(Role.ADMIN)
    ResponseEntity<byte[]> retention(
            JsonObject body, RepeatableCall call, Principal principal, @RequestHeader HttpHeaders headers) {
        BodyMembers.requireEmpty(body);
        return operations.submit(
                call,
                operation -> commands.retention(),
                principal,
                Waiting.preferred(headers.getOrEmpty(ChangeController.PREFER)));
    }
}
