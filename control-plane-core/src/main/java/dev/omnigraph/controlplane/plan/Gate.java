package dev.omnigraph.controlplane.plan;

import dev.omnigraph.controlplane.digest.ResourceAddress;
import dev.omnigraph.controlplane.json.JsonObject;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * A change that needs a recorded human decision (control-plane.md 8.5). There is one gate for a graph and everything
 * below it.
 *
 * @param change what has to be decided about
 * @param verdict what the decisions that were recorded come to
 * @param destruction what the change would destroy; empty where it destroys nothing by itself
 */
public record Gate(Difference change, Verdict verdict, Optional<Destruction> destruction) {

    /** Why there is a gate, for people. */
    public static final String REASON = "the change destroys stored data and cannot be undone";

    /** The gates among the differences, in their order. */
    static List<Gate> among(List<Difference> differences, PlanFacts facts) {
        return gated(differences).stream()
                .map(change -> {
                    GateFacts known = facts.gate(change.resource());
                    return new Gate(change, known.verdict(), known.destruction());
                })
                .toList();
    }

    /** The differences that need a decision, in their order. */
    public static List<Difference> gated(List<Difference> differences) {
        Set<String> graphDeletes = new HashSet<>();
        for (Difference difference : differences) {
            if (difference.operation() == ChangeOperation.DELETE
                    && difference.resource() instanceof ResourceAddress.Graph graph) {
                graphDeletes.add(graph.id());
            }
        }
        return differences.stream()
                .filter(difference -> difference.operation() == ChangeOperation.DELETE
                        && isGated(difference.resource(), graphDeletes))
                .toList();
    }

    private static boolean isGated(ResourceAddress resource, Set<String> graphDeletes) {
        return resource instanceof ResourceAddress.Graph
                || (resource instanceof ResourceAddress.Schema schema && !graphDeletes.contains(schema.graph()));
    }

    public ResourceAddress resource() {
        return change.resource();
    }

    /** Whether a valid approval exists. */
    public boolean satisfied() {
        return verdict.allows();
    }

    /** What an approval has to repeat, so that it is for what the approver saw; empty where nothing is destroyed. */
    public Optional<String> seen() {
        return destruction.map(Destruction::seen);
    }

    /** The gate with its keys in wire order; those after {@code satisfied} are of this service. */
    public JsonObject toJson() {
        JsonObject.Builder json = JsonObject.builder()
                .put("resource", resource().text())
                .put("reason", REASON)
                .put("satisfied", satisfied());
        if (verdict instanceof Verdict.Approved approved) {
            json.put("approval_id", approved.approvalId());
        }
        json.putIfPresent("seen", seen());
        destruction.ifPresent(what -> json.put("destroys", what.toJson()));
        return json.build();
    }
}
