package dev.omnigraph.controlplane.plan;

import dev.omnigraph.controlplane.config.DesiredCluster;
import dev.omnigraph.controlplane.digest.ResourceAddress;
import dev.omnigraph.controlplane.ledger.Ledger;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * What an apply would do.
 *
 * @param requiredGates changes that are carried out only with a decision
 * @param possibleGates changes that a decision makes irrevocable
 * @param digest names the differences; see {@link PlanDigest}
 */
public record Plan(
        List<Change> changes,
        List<BlastRadius> blastRadius,
        List<Gate> requiredGates,
        List<Gate> possibleGates,
        String digest) {

    public Plan {
        changes = List.copyOf(changes);
        blastRadius = List.copyOf(blastRadius);
        requiredGates = List.copyOf(requiredGates);
        possibleGates = List.copyOf(possibleGates);
    }

    /**
     * Plans from what is recorded to what is desired.
     *
     * @param recorded empty where no ledger exists
     */
    public static Plan of(Optional<Ledger> recorded, DesiredCluster desired, PlanFacts facts) {
        List<Difference> differences = Differ.differences(recorded, desired, facts.liveSchemas());
        // Dispositions do not enter the digest, and a rejection of the digest enters the dispositions.
        String digest = PlanDigest.of(desired.configDigest(), classify(differences, desired, facts));
        PlanFacts judged = facts.inPlan(digest);
        return new Plan(
                classify(differences, desired, judged),
                BlastRadius.of(differences, desired),
                Gate.required(differences, judged),
                Gate.possible(differences, judged),
                digest);
    }

    private static List<Change> classify(List<Difference> differences, DesiredCluster desired, PlanFacts facts) {
        return Classifier.classify(differences, desired, facts).stream()
                .map(change -> withMigration(change, facts))
                .toList();
    }

    /** The gate of a resource, if its change has one. */
    public Optional<Gate> gate(String resource) {
        return Stream.concat(requiredGates.stream(), possibleGates.stream())
                .filter(gate -> gate.resource().text().equals(resource))
                .findFirst();
    }

    private static Change withMigration(Change change, PlanFacts facts) {
        return change.operation() == ChangeOperation.UPDATE
                        && change.resource() instanceof ResourceAddress.Schema schema
                ? Optional.ofNullable(facts.migrations().get(schema.graph()))
                        .map(migration -> facts.gate(schema).verdict().allows() ? migration.withHardDrops() : migration)
                        .map(change::with)
                        .orElse(change)
                : change;
    }
}
