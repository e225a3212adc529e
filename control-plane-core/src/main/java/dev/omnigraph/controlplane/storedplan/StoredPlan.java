package dev.omnigraph.controlplane.storedplan;

import dev.omnigraph.controlplane.desired.ConfigurationName;
import dev.omnigraph.controlplane.json.JsonObject;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A plan that was stored.
 *
 * @param id a ULID
 * @param stateCas the token of the ledger that it was made over
 * @param output of the command, whole
 * @param text the same for people
 * @param actor who had it made
 * @param abandoned who gave it up
 * @param operations those that were accepted to carry it out, or were about to be
 */
public record StoredPlan(
        String id,
        ConfigurationName configuration,
        String planDigest,
        String stateCas,
        JsonObject output,
        String text,
        Optional<String> actor,
        Instant createdAt,
        Instant expiresAt,
        Optional<Abandonment> abandoned,
        List<String> operations) {

    public StoredPlan {
        operations = List.copyOf(operations);
    }

    /** The word that a plan is not wanted any more. */
    public record Abandonment(Optional<String> actor, Instant at) {}

    /** Given up. */
    StoredPlan abandoned(Abandonment abandonment) {
        return with(Optional.of(abandonment), operations);
    }

    /** With one more operation that is to carry it out. */
    StoredPlan takenBy(String operation) {
        List<String> all = new ArrayList<>(operations);
        all.add(operation);
        return with(abandoned, all);
    }

    private StoredPlan with(Optional<Abandonment> abandonment, List<String> takers) {
        return new StoredPlan(
                id,
                configuration,
                planDigest,
                stateCas,
                output,
                text,
                actor,
                createdAt,
                expiresAt,
                abandonment,
                takers);
    }
}
