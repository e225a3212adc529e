package dev.omnigraph.controlplane.plan;

import dev.omnigraph.controlplane.digest.ResourceAddress;
import dev.omnigraph.controlplane.json.JsonObject;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * A change that a recorded human decision is about. A delete needs one (control-plane.md 8.5), and there is one gate for a
 * graph and everything below it; a schema change that drops something can have one, which makes its drops hard (I5).
 *
 * @param change what has to be decided about
 * @param verdict what the decisions that were recorded come to
 * @param destruction what the change would destroy; empty where it destroys nothing by itself
 */
public record Gate(Difference change, Verdict verdict, Optional<Destruction> destruction) {

    private static final String REQUIRED = "the change destroys stored data and cannot be undone";
    private static final String POSSIBLE =
            "the change drops types or properties; without an approval their former versions"
                    + " stay, with one they are removed and cannot be brought back";

    /** The changes among the differences that need a decision, in their order. */
    static List<Gate> required(List<Difference> differences, PlanFacts facts) {
        return gates(needing(differences), facts);
    }

    /** The changes among the differences that can have a decision and do not need one, in their order. */
    static List<Gate> possible(List<Difference> differences, PlanFacts facts) {
        return gates(
                differences.stream()
                        .filter(change -> change.operation() == ChangeOperation.UPDATE
                                && facts.gates().containsKey(change.resource()))
                        .toList(),
                facts);
    }

    private static List<Gate> gates(List<Difference> changes, PlanFacts facts) {
        return changes.stream()
                .map(change -> {
                    GateFacts known = facts.gate(change.resource());
                    return new Gate(change, known.verdict(), known.destruction());
                })
                .toList();
    }

    /** The differences that need a decision, in their order. */
    public static List<Difference> needing(List<Difference> differences) {
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

    /** Why there is a gate, for people. */
    public String reason() {
        return isRequired() ? REQUIRED : POSSIBLE;
    }

    /** Why nobody can approve the change; empty where somebody can. */
    public Optional<String> obstacle() {
        return destruction
                .filter(HistoryDestruction.class::isInstance)
                .flatMap(what -> ((HistoryDestruction) what).obstacle());
    }

    private boolean isRequired() {
        return change.operation() == ChangeOperation.DELETE;
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
                .put("reason", reason())
                .put("satisfied", satisfied());
        if (!isRequired()) {
            json.put("operation", change.operation().wire())
                    .putOrNull("before_digest", change.before())
                    .putOrNull("after_digest", change.after());
        }
        if (verdict instanceof Verdict.Approved approved) {
            json.put("approval_id", approved.approvalId());
        }
        json.putIfPresent("seen", seen());
        destruction.ifPresent(what -> json.put(what.member(), what.toJson()));
        return json.build();
    }
}
