package dev.omnigraph.controlplane.plan;

import dev.omnigraph.controlplane.digest.ResourceAddress;
import dev.omnigraph.controlplane.json.JsonObject;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * A change that needs a recorded human decision (control-plane.md 8.5). There is one gate for a graph and everything
 * below it.
 *
 * @param satisfied whether a valid approval exists
 */
public record Gate(ResourceAddress resource, boolean satisfied) {

    private static final String REASON = "the change destroys stored data and cannot be undone";

    /** The gates among the differences, in their order. */
    public static List<Gate> among(List<Difference> differences, PlanFacts facts) {
        Set<String> graphDeletes = new HashSet<>();
        for (Difference difference : differences) {
            if (difference.operation() == ChangeOperation.DELETE
                    && difference.resource() instanceof ResourceAddress.Graph graph) {
                graphDeletes.add(graph.id());
            }
        }
        List<Gate> gates = new ArrayList<>();
        for (Difference difference : differences) {
            if (difference.operation() == ChangeOperation.DELETE && isGated(difference.resource(), graphDeletes)) {
                boolean satisfied = difference.resource() instanceof ResourceAddress.Graph graph
                        && facts.approvedDeletes().contains(graph.id());
                gates.add(new Gate(difference.resource(), satisfied));
            }
        }
        return List.copyOf(gates);
    }

    private static boolean isGated(ResourceAddress resource, Set<String> graphDeletes) {
        return resource instanceof ResourceAddress.Graph
                || (resource instanceof ResourceAddress.Schema schema && !graphDeletes.contains(schema.graph()));
    }

    /** The gate with its keys in wire order. */
    public JsonObject toJson() {
        return JsonObject.builder()
                .put("resource", resource.text())
                .put("reason", REASON)
                .put("satisfied", satisfied)
                .build();
    }
}
