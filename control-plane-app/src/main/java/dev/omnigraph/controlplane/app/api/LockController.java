package dev.omnigraph.controlplane.app.api;

import dev.omnigraph.controlplane.app.command.Configurations;
import dev.omnigraph.controlplane.app.http.Answers;
import dev.omnigraph.controlplane.app.http.RepeatableCall;
import dev.omnigraph.controlplane.app.problem.Problem;
import dev.omnigraph.controlplane.app.problem.ProblemCode;
import dev.omnigraph.controlplane.app.problem.ProblemException;
import dev.omnigraph.controlplane.app.security.Requires;
import dev.omnigraph.controlplane.app.security.Role;
import dev.omnigraph.controlplane.app.status.HolderView;
import dev.omnigraph.controlplane.command.ClusterService;
import dev.omnigraph.controlplane.command.ForceUnlockOutput;
import dev.omnigraph.controlplane.config.HeaderLoad;
import dev.omnigraph.controlplane.diagnostic.DiagnosticCode;
import dev.omnigraph.controlplane.instance.Presence;
import dev.omnigraph.controlplane.json.JsonArray;
import dev.omnigraph.controlplane.json.JsonNull;
import dev.omnigraph.controlplane.json.JsonNumber;
import dev.omnigraph.controlplane.json.JsonObject;
import dev.omnigraph.controlplane.json.JsonValue;
import dev.omnigraph.controlplane.ledger.ClusterLock;
import dev.omnigraph.controlplane.ledger.LockDocument;
import dev.omnigraph.controlplane.ledger.LockObservation;
import java.time.InstantSource;
import java.util.List;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RestController;

/** The cluster's lock: who holds it, and the way out where its holder is dead. */
@RestController
class LockController {

    private final Configurations configuration;
    private final ClusterService cluster;
    private final ClusterLock lock;
    private final InstantSource clock;
    private final Presence presence;
    private final Repetition repetition;

    LockController(
            Configurations configuration,
            ClusterService cluster,
            ClusterLock lock,
            InstantSource clock,
            Presence presence,
            Repetition repetition) {
        this.configuration = configuration;
        this.cluster = cluster;
        this.lock = lock;
        this.clock = clock;
        this.presence = presence;
        this.repetition = repetition;
    }

    @GetMapping("/lock")
    @Requires(Role.VIEWER)
    ResponseEntity<byte[]> lock() {
        LockObservation seen = lock.observe();
        if (seen instanceof LockObservation.Unknown unknown) {
            throw new ProblemException(Problem.of(
                    DiagnosticCode.STORAGE_UNAVAILABLE, "the lock cannot be looked at: " + unknown.reason()));
        }
        boolean locked = !(seen instanceof LockObservation.Free);
        JsonValue holder = seen instanceof LockObservation.Held held ? holder(held.document()) : JsonNull.INSTANCE;
        List<JsonObject> findings = seen instanceof LockObservation.Unreadable unreadable
                ? List.of(unreadable.diagnostic().toJson())
                : List.of();
        return Answers.ok(JsonObject.builder()
                .put("locked", locked)
                .put("holder", holder)
                .put("diagnostics", JsonArray.of(findings))
                .build());
    }

    @PostMapping("/force-unlock")
    @Requires(Role.ADMIN)
    ResponseEntity<byte[]> forceUnlock(JsonObject body, RepeatableCall call) {
        List<String> known = List.of("lock_id", "holder_seen_alive");
        String lockId = BodyMembers.read(body, known, members -> members.requireString("lock_id"));
        boolean holderSeenAlive = BodyMembers.read(
                body,
                known,
                members -> members.optionalBoolean("holder_seen_alive").orElse(false));
        return repetition.answer(call, unused -> forceUnlock(lockId, holderSeenAlive));
    }

    private ResponseEntity<byte[]> forceUnlock(String lockId, boolean holderSeenAlive) {
        HeaderLoad header = configuration.header();
        ForceUnlockOutput output = cluster.forceUnlock(header, lockId, holderSeenAlive);
        if (output.ok()) {
            return Answers.ok(output.toJson());
        }
        throw header.hasErrors()
                ? new ProblemException(Problem.of(
                        ProblemCode.CONFIGURATION_INVALID,
                        "the configuration has errors; the lock was left as it is",
                        output.diagnostics()))
                : new ProblemException(Problem.of(output.diagnostics()));
    }

    private JsonObject holder(LockDocument document) {
        return JsonObject.builder()
                .put("lock_id", document.lockId())
                .put("operation", document.operation())
                .put("created_at", document.createdAt())
                .put("pid", document.pid())
                .put(
                        "age_seconds",
                        JsonValue.orNull(document.ageSeconds(clock.instant()).map(JsonNumber::of)))
                .put("instance", HolderView.of(presence, document.lockId()))
                .build();
    }
}
