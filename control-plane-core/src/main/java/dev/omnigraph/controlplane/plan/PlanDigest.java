package dev.omnigraph.controlplane.plan;

import dev.omnigraph.controlplane.digest.Sha256;
import dev.omnigraph.controlplane.json.JsonArray;
import dev.omnigraph.controlplane.json.JsonObject;
import dev.omnigraph.controlplane.json.JsonText;
import java.util.List;

/**
 * Names what a plan would change, so that an apply can be held to exactly that: bare SHA-256 over compact JSON of the
 * configuration digest and of each difference with the steps of its migration. Dispositions, approvals, times, measured
 * rows and whether drops are soft do not enter, so approving a change does not alter it.
 */
public final class PlanDigest {

    private PlanDigest() {}

    public static String of(String configDigest, List<Change> planned) {
        List<JsonObject> changes = planned.stream().map(PlanDigest::covered).toList();
        return Sha256.hex(JsonText.compact(JsonObject.builder()
                .put("config_digest", configDigest)
                .put("changes", JsonArray.of(changes))
                .build()));
    }

    private static JsonObject covered(Change change) {
        Difference difference = change.difference();
        JsonObject.Builder covered = JsonObject.builder()
                .put("resource", difference.resource().text())
                .put("operation", difference.operation().wire())
                .putOrNull("before_digest", difference.before())
                .putOrNull("after_digest", difference.after());
        change.migration().ifPresent(migration -> covered.put("migration", migration.stepsWithoutMode()));
        return covered.build();
    }
}
