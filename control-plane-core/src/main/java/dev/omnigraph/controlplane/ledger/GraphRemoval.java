package dev.omnigraph.controlplane.ledger;

import dev.omnigraph.controlplane.digest.ResourceAddress;
import dev.omnigraph.controlplane.json.JsonObject;
import java.time.Instant;
import java.util.Optional;

/**
 * What the ledger records of a graph that was deleted: a tombstone in place of all its entries, and the use of the
 * approval (control-plane.md 4.5 and 9.8).
 *
 * @param approvalId the decision that allowed it; empty where the operation named none
 * @param operationId the sidecar of the delete
 * @param actor who deleted it
 */
public record GraphRemoval(String graph, Optional<String> approvalId, String operationId, Optional<String> actor) {

    /** The removal that a sidecar stands for. */
    public static GraphRemoval of(Sidecar sidecar) {
        return new GraphRemoval(sidecar.graphId(), sidecar.approvalId(), sidecar.operationId(), sidecar.actor());
    }

    /** The ledger without the graph and everything below it. */
    public Ledger recordedIn(Ledger ledger, Instant now) {
        String at = WireTime.format(now);
        Ledger.Editor editor = ledger.edit();
        ledger.resources().keySet().stream().filter(this::isOfGraph).forEach(editor::removeEntry);
        ledger.statuses().keySet().stream().filter(this::isOfGraph).forEach(editor::removeStatus);
        editor.putObservation(
                new ResourceAddress.Graph(graph).text(),
                JsonObject.builder()
                        .put("kind", "tombstone")
                        .put("deleted_at", at)
                        .putOrNull("approval_id", approvalId)
                        .putOrNull("actor", actor)
                        .build());
        Ledger without = editor.build();
        return approvalId
                .map(id -> new Consumption(id, operationId).recordedIn(without, now))
                .orElse(without);
    }

    private boolean isOfGraph(ResourceAddress address) {
        return address.graphId().filter(graph::equals).isPresent();
    }
}
