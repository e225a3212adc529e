package dev.omnigraph.controlplane.plan;

import dev.omnigraph.controlplane.digest.Sha256;
import dev.omnigraph.controlplane.json.JsonArray;
import dev.omnigraph.controlplane.json.JsonObject;
import dev.omnigraph.controlplane.json.JsonText;
import java.util.List;

/**
 * Names what a plan would change, so that an apply can be held to exactly that: bare SHA-256 over compact JSON of the
 * configuration digest and of each difference. Dispositions, approvals and times do not enter, so approving a change does
 * not alter it.
 */
public final class PlanDigest {

    private PlanDigest() {}

    public static String of(String configDigest, List<Difference> differences) {
        List<JsonObject> changes = differences.stream()
                .map(difference -> JsonObject.builder()
                        .put("resource", difference.resource().text())
                        .put("operation", difference.operation().wire())
                        .putOrNull("before_digest", difference.before())
                        .putOrNull("after_digest", difference.after())
                        .build())
                .toList();
        return Sha256.hex(JsonText.compact(JsonObject.builder()
                .put("config_digest", configDigest)
                .put("changes", JsonArray.of(changes))
                .build()));
    }
}
