package dev.omnigraph.controlplane.app.campaign;

import java.util.List;
import java.util.function.Predicate;

/** Applies that find nothing left of others. */
final class ApplyingScenarios {

    /** The ledger has the schema that stands at the root. */
    static final Predicate<StoredCluster> MIGRATED =
            now -> now.recorded("schema.people").equals(now.liveSchema("people"));
    /** The ledger does not have the graph, and has the use of one approval. */
    static final Predicate<StoredCluster> DELETED = now ->
            now.recorded("schema.scratch").isEmpty() && now.consumptions().size() == 1;

    private ApplyingScenarios() {}

    static List<Scenario> of(Clusters clusters) {
        Scenario hardDrop = Scenario.of(
                "hard-drop",
                clusters::withADropApproved,
                Person::apply,
                Clusters::converged,
                MIGRATED.and(now -> now.consumptions().size() == 1));
        Scenario delete = Scenario.of(
                "delete", clusters::withADeleteApprovedForSomeDays, Person::apply, Clusters::converged, DELETED);
        return List.of(
                new Scenario(
                        "catalog-apply",
                        List.of(),
                        clusters::withAnotherQuery,
                        client -> client.post("/apply", "Prefer", "wait=60", "Idempotency-Key", "the-same-again"),
                        Clusters::converged,
                        now -> now.revision() == 3),
                Scenario.of(
                        "create",
                        clusters::imported,
                        Person::apply,
                        Clusters::converged,
                        now -> now.recorded("schema.people").isPresent()),
                Scenario.of("schema-apply", clusters::withAWiderSchema, Person::apply, Clusters::converged, MIGRATED),
                hardDrop,
                delete,
                bySomebodyElse(hardDrop),
                bySomebodyElse(delete));
    }

    /** Where the one who approved may not apply, another one does. */
    private static Scenario bySomebodyElse(Scenario scenario) {
        return new Scenario(
                scenario.name() + "-by-a-second-person",
                List.of(Scenario.SECOND_PERSON),
                scenario.preparation(),
                client -> new Person(client).another().apply(),
                scenario.acknowledged(),
                scenario.recorded());
    }
}
