package dev.omnigraph.controlplane.app.api;

import dev.omnigraph.controlplane.app.http.Answers;
import dev.omnigraph.controlplane.app.http.RepeatableCall;
import dev.omnigraph.controlplane.app.problem.Problem;
import dev.omnigraph.controlplane.app.problem.ProblemCode;
import dev.omnigraph.controlplane.app.problem.ProblemException;
import dev.omnigraph.controlplane.app.security.Principal;
import dev.omnigraph.controlplane.app.security.Requires;
import dev.omnigraph.controlplane.app.security.Role;
import dev.omnigraph.controlplane.diagnostic.DiagnosticCode;
import dev.omnigraph.controlplane.json.JsonObject;
import dev.omnigraph.controlplane.ledger.WireTime;
import dev.omnigraph.controlplane.operation.Freeze;
import dev.omnigraph.controlplane.operation.FreezeRead;
import dev.omnigraph.controlplane.operation.FreezeStore;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RestController;

/** The word that nothing is to be changed, and the end of it. Whoever is refused for it is told the reason. */
@RestController
class FreezeController {

    private static final Logger LOG = LoggerFactory.getLogger(FreezeController.class);

    private final FreezeStore freezes;
    private final InstantSource clock;
    private final Repetition repetition;

    FreezeController(FreezeStore freezes, InstantSource clock, Repetition repetition) {
        this.freezes = freezes;
        this.clock = clock;
        this.repetition = repetition;
    }

    @PostMapping("/freeze")
    @Requires(Role.ADMIN)
    ResponseEntity<byte[]> freeze(JsonObject body, RepeatableCall call, Principal principal) {
        String reason = BodyMembers.read(body, List.of("reason"), members -> members.requireString("reason"));
        if (reason.isBlank() || reason.length() > Freeze.MAX_REASON) {
            throw new ProblemException(
                    Problem.of(ProblemCode.INVALID_BODY, "reason: expected 1 to " + Freeze.MAX_REASON + " characters"));
        }
        return repetition.answer(call, unused -> freeze(new Freeze(principal.actor(), reason, clock.instant())));
    }

    @DeleteMapping("/freeze")
    @Requires(Role.ADMIN)
    ResponseEntity<byte[]> end(Principal principal) {
        Optional<String> stillFrozen = freezes.end();
        if (stillFrozen.isPresent()) {
            throw unavailable("whether the freeze is ended is not known: " + stillFrozen.get());
        }
        LOG.info("the freeze is ended by {}", principal.actor().orElse("-"));
        return Answers.ok(JsonObject.builder().put("frozen", false).build());
    }

    /** A cluster that is frozen already stays so, with the reason it has. */
    private ResponseEntity<byte[]> freeze(Freeze freeze) {
        FreezeRead now = freezes.freeze(freeze);
        if (now instanceof FreezeRead.Frozen frozen) {
            LOG.info("the cluster is frozen: {}", now.refusal().orElse(""));
            return Answers.ok(JsonObject.builder()
                    .put("frozen", true)
                    .putOrNull("actor", frozen.freeze().actor())
                    .put("reason", frozen.freeze().reason())
                    .put("since", WireTime.format(frozen.freeze().since()))
                    .build());
        }
        throw unavailable(now.refusal().orElse("whether the cluster is frozen is not known; look at GET /status"));
    }

    private static ProblemException unavailable(String detail) {
        return new ProblemException(Problem.of(DiagnosticCode.STORAGE_UNAVAILABLE, detail));
    }
}
