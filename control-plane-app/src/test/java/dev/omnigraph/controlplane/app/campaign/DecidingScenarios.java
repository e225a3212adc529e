package dev.omnigraph.controlplane.app.campaign;

import java.util.List;

/** Human decisions about a delete. */
final class DecidingScenarios {

    private DecidingScenarios() {}

    static List<Scenario> of(Clusters clusters) {
        return List.of(
                Scenario.of(
                        "approve",
                        clusters::withADeletePlanned,
                        person -> person.decide(""),
                        answer -> answer.status() == 201,
                        now -> now.artifacts().size() == 1 && now.decisions().size() == 1),
                Scenario.of(
                        "reject",
                        clusters::withADeletePlanned,
                        person -> person.decide(", \"decision\": \"reject\""),
                        answer -> answer.status() == 201,
                        now -> now.decisions().size() == 1),
                Scenario.of(
                        "revoke",
                        clusters::withADeleteApproved,
                        person -> person.revokeFirst("pending"),
                        answer -> answer.status() == 200,
                        now -> !now.revoked().isEmpty()));
    }
}
