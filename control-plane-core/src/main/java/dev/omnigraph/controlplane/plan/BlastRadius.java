package dev.omnigraph.controlplane.plan;

import dev.omnigraph.controlplane.config.DesiredCluster;
import dev.omnigraph.controlplane.digest.ResourceAddress;
import dev.omnigraph.controlplane.json.JsonArray;
import dev.omnigraph.controlplane.json.JsonObject;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * What depends directly on a changed resource (control-plane.md 8.4).
 *
 * @param affected at least one resource, in the order of the dependencies
 */
public record BlastRadius(ResourceAddress resource, List<ResourceAddress> affected) {

    public BlastRadius {
        affected = List.copyOf(affected);
    }

    /** One entry for each difference that something depends on. */
    public static List<BlastRadius> of(List<Difference> differences, DesiredCluster desired) {
        if (differences.isEmpty()) {
            return List.of();
        }
        Map<ResourceAddress, List<ResourceAddress>> dependents = desired.dependents();
        List<BlastRadius> radii = new ArrayList<>();
        for (Difference difference : differences) {
            List<ResourceAddress> affected = dependents.getOrDefault(difference.resource(), List.of());
            if (!affected.isEmpty()) {
                radii.add(new BlastRadius(difference.resource(), affected));
            }
        }
        return List.copyOf(radii);
    }

    /** The entry with its keys in wire order. */
    public JsonObject toJson() {
        return JsonObject.builder()
                .put("resource", resource.text())
                .put(
                        "affected",
                        JsonArray.ofStrings(
                                affected.stream().map(ResourceAddress::text).toList()))
                .build();
    }
}
