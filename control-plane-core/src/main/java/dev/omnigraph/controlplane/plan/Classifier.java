package dev.omnigraph.controlplane.plan;

import dev.omnigraph.controlplane.config.DesiredCluster;
import dev.omnigraph.controlplane.digest.ResourceAddress;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Decides what an apply does with each difference: the table of control-plane.md 8.3, with the rows that are deliberately
 * better. The first row that fits decides. A pure function; the whole list is looked at before any row is decided.
 */
public final class Classifier {

    private final PlanFacts facts;
    private final DesiredCluster desired;
    private final Set<String> graphCreates = new HashSet<>();
    private final Set<String> graphDeletes = new HashSet<>();
    /** Graphs that lose their schema, or gain one without being created: nothing of theirs can be applied. */
    private final Set<String> schemasInDoubt = new HashSet<>();
    /** Graphs whose create or schema update waits because a recovery record cannot be attributed. */
    private final Set<String> heldByUnattributedRecovery = new HashSet<>();
    /** Graphs whose schema update is not carried out: what needs the new schema waits with it. */
    private final Set<String> heldSchemas = new HashSet<>();

    private Classifier(List<Difference> differences, DesiredCluster desired, PlanFacts facts) {
        this.facts = facts;
        this.desired = desired;
        differences.forEach(this::noteGraph);
        differences.forEach(this::noteSchema);
    }

    /** The changes, in the order of the differences. */
    public static List<Change> classify(List<Difference> differences, DesiredCluster desired, PlanFacts facts) {
        Classifier classifier = new Classifier(differences, desired, facts);
        return differences.stream().map(classifier::classify).toList();
    }

    private void noteGraph(Difference difference) {
        if (difference.resource() instanceof ResourceAddress.Graph graph) {
            switch (difference.operation()) {
                case CREATE -> {
                    graphCreates.add(graph.id());
                    if (facts.unattributedRecovery()) {
                        heldByUnattributedRecovery.add(graph.id());
                    }
                }
                case DELETE -> graphDeletes.add(graph.id());
                case UPDATE -> {}
            }
        }
    }

    private void noteSchema(Difference difference) {
        if (difference.resource() instanceof ResourceAddress.Schema schema) {
            switch (difference.operation()) {
                case CREATE -> {
                    if (!graphCreates.contains(schema.graph()) && !isLive(schema, difference)) {
                        schemasInDoubt.add(schema.graph());
                    }
                }
                case DELETE -> schemasInDoubt.add(schema.graph());
                case UPDATE -> {
                    if (facts.unattributedRecovery()) {
                        heldByUnattributedRecovery.add(schema.graph());
                    }
                    if (whyNotMigrated(schema).isPresent()) {
                        heldSchemas.add(schema.graph());
                    }
                }
            }
        }
    }

    private Change classify(Difference difference) {
        ResourceAddress resource = difference.resource();
        if (resource instanceof ResourceAddress.Graph graph) {
            return classifyGraph(difference, graph.id());
        }
        if (resource instanceof ResourceAddress.Schema schema) {
            return classifySchema(difference, schema);
        }
        if (resource instanceof ResourceAddress.Query query) {
            return classifyQuery(difference, query.graph());
        }
        if (resource instanceof ResourceAddress.Policy) {
            return classifyPolicy(difference);
        }
        if (resource instanceof ResourceAddress.EmbeddingProvider) {
            return Change.applied(difference);
        }
        return Change.deferred(difference, ChangeReason.APPLY_UNSUPPORTED_KIND);
    }

    private Change classifyGraph(Difference difference, String graph) {
        return switch (difference.operation()) {
            case CREATE ->
                facts.recoveryBlocks(graph)
                        ? Change.blocked(difference, ChangeReason.CLUSTER_RECOVERY_PENDING)
                        : Change.applied(difference);
            case UPDATE -> {
                if (facts.missingGraphs().contains(graph)) {
                    yield Change.blocked(difference, ChangeReason.GRAPH_MISSING);
                }
                yield schemasInDoubt.contains(graph)
                        ? Change.deferred(difference, ChangeReason.APPLY_UNSUPPORTED_KIND)
                        : Change.derived(difference);
            }
            case DELETE -> {
                if (facts.recoveryBlocks(graph)) {
                    yield Change.blocked(difference, ChangeReason.CLUSTER_RECOVERY_PENDING);
                }
                yield isRemovedWithApproval(graph)
                        ? Change.applied(difference)
                        : Change.blocked(difference, whyNotRemoved(graph));
            }
        };
    }

    private Change classifySchema(Difference difference, ResourceAddress.Schema schema) {
        String graph = schema.graph();
        if (difference.operation() == ChangeOperation.DELETE) {
            return classifySchemaDelete(difference, graph);
        }
        if (facts.missingGraphs().contains(graph)) {
            return Change.blocked(difference, ChangeReason.GRAPH_MISSING);
        }
        if (facts.recoveryBlocks(graph)) {
            return Change.blocked(difference, ChangeReason.CLUSTER_RECOVERY_PENDING);
        }
        if (difference.operation() == ChangeOperation.UPDATE) {
            return whyNotMigrated(schema)
                    .map(reason -> Change.blocked(difference, reason))
                    .orElseGet(() -> Change.applied(difference));
        }
        return graphCreates.contains(graph) || isLive(schema, difference)
                ? Change.applied(difference)
                : Change.blocked(difference, ChangeReason.CLUSTER_RECOVERY_PENDING);
    }

    private Change classifySchemaDelete(Difference difference, String graph) {
        if (!graphDeletes.contains(graph)) {
            return Change.deferred(difference, ChangeReason.APPLY_UNSUPPORTED_KIND);
        }
        if (isRemovedWithApproval(graph)) {
            return Change.applied(difference);
        }
        return Change.blocked(
                difference, facts.recoveryBlocks(graph) ? ChangeReason.CLUSTER_RECOVERY_PENDING : whyNotRemoved(graph));
    }

    private Change classifyQuery(Difference difference, String graph) {
        if (facts.missingGraphs().contains(graph)) {
            return Change.blocked(difference, ChangeReason.GRAPH_MISSING);
        }
        if (difference.operation() == ChangeOperation.DELETE) {
            return graphDeletes.contains(graph) && !isRemovedWithApproval(graph)
                    ? Change.blocked(difference, whyNotRemoved(graph))
                    : Change.applied(difference);
        }
        if (facts.pendingGraphs().contains(graph) || heldByUnattributedRecovery.contains(graph)) {
            return Change.blocked(difference, ChangeReason.CLUSTER_RECOVERY_PENDING);
        }
        return schemasInDoubt.contains(graph) || heldSchemas.contains(graph)
                ? Change.blocked(difference, ChangeReason.DEPENDENCY_NOT_APPLIED)
                : Change.applied(difference);
    }

    private Change classifyPolicy(Difference difference) {
        if (difference.operation() == ChangeOperation.DELETE) {
            return Change.applied(difference);
        }
        Set<String> graphs = desired.graphsNeededBy(difference.resource());
        Optional<ChangeReason> reason = Optional.empty();
        for (String graph : graphs) {
            if (facts.pendingGraphs().contains(graph) || heldByUnattributedRecovery.contains(graph)) {
                return Change.blocked(difference, ChangeReason.CLUSTER_RECOVERY_PENDING);
            }
            if (heldSchemas.contains(graph)) {
                reason = Optional.of(ChangeReason.DEPENDENCY_NOT_APPLIED);
            }
        }
        return reason.map(because -> Change.blocked(difference, because)).orElseGet(() -> Change.applied(difference));
    }

    private boolean isRemovedWithApproval(String graph) {
        return graphDeletes.contains(graph) && verdictOn(graph).allows() && !facts.recoveryBlocks(graph);
    }

    private ChangeReason whyNotRemoved(String graph) {
        Verdict verdict = verdictOn(graph);
        return forbidden(verdict)
                .orElse(
                        verdict instanceof Verdict.DataMoved
                                ? ChangeReason.GRAPH_MOVED
                                : ChangeReason.APPROVAL_REQUIRED);
    }

    /** Why a change is not carried out though somebody decided about it as it is. */
    private static Optional<ChangeReason> forbidden(Verdict verdict) {
        if (verdict instanceof Verdict.Rejected) {
            return Optional.of(ChangeReason.APPROVAL_REJECTED);
        }
        return verdict instanceof Verdict.OwnApproval
                ? Optional.of(ChangeReason.SECOND_PERSON_REQUIRED)
                : Optional.empty();
    }

    /** An approval that does not count any more keeps a change from being made in another way than was decided. */
    private Optional<ChangeReason> whyNotMigrated(ResourceAddress.Schema schema) {
        if (facts.isMigrationUnsupported(schema.graph())) {
            return Optional.of(ChangeReason.SCHEMA_APPLY_UNSUPPORTED);
        }
        Verdict verdict = facts.gate(schema).verdict();
        return verdict.allows() || verdict instanceof Verdict.Undecided
                ? Optional.empty()
                : forbidden(verdict).or(() -> Optional.of(ChangeReason.APPROVAL_STALE));
    }

    private Verdict verdictOn(String graph) {
        return facts.gate(new ResourceAddress.Graph(graph)).verdict();
    }

    /** A schema that only has to be recorded: the graph has exactly this one already. */
    private boolean isLive(ResourceAddress.Schema schema, Difference difference) {
        return Optional.ofNullable(facts.liveSchemas().get(schema.graph())).equals(difference.after());
    }
}
