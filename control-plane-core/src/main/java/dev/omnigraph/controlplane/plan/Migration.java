package dev.omnigraph.controlplane.plan;

import dev.omnigraph.controlplane.json.JsonArray;
import dev.omnigraph.controlplane.json.JsonObject;
import dev.omnigraph.controlplane.json.JsonValue;
import dev.omnigraph.controlplane.language.schema.migration.DataEffect;
import dev.omnigraph.controlplane.language.schema.migration.DropMode;
import dev.omnigraph.controlplane.language.schema.migration.MigrationPlan;
import dev.omnigraph.controlplane.language.schema.migration.MigrationStep;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What a changed schema does to its graph (control-plane.md 8.7).
 *
 * @param effects what each step does to the rows that are there, in the order of the steps; empty where a step is
 *     unsupported, so that nothing is done
 */
public record Migration(MigrationPlan plan, List<DataEffect> effects) {

    public Migration {
        effects = List.copyOf(effects);
        if (!effects.isEmpty() && effects.size() != plan.steps().size()) {
            throw new IllegalArgumentException(
                    effects.size() + " effects of " + plan.steps().size() + " steps");
        }
    }

    /** A migration that cannot be done. */
    public static Migration unsupported(MigrationPlan plan) {
        return new Migration(plan, List.of());
    }

    /** The same migration with drops that remove former versions. */
    Migration withHardDrops() {
        return new Migration(plan.withDropMode(DropMode.HARD), effects);
    }

    /** The steps as they enter the digest of a plan: whether drops are soft or hard is no part of it. */
    JsonArray stepsWithoutMode() {
        return JsonArray.of(plan.steps().stream().map(Migration::withoutMode).toList());
    }

    /** The migration with its keys in wire order; beside each step, {@code data} tells its effect. */
    public JsonObject toJson() {
        List<JsonValue> steps = new ArrayList<>();
        for (int i = 0; i < plan.steps().size(); i++) {
            JsonObject step = plan.steps().get(i).toJson();
            steps.add(effects.isEmpty() ? step : with(step, effects.get(i)));
        }
        return JsonObject.builder()
                .put("supported", plan.supported())
                .put("steps", new JsonArray(steps))
                .build();
    }

    private static JsonObject with(JsonObject step, DataEffect effect) {
        JsonObject.Builder json = JsonObject.builder();
        step.members().forEach(json::put);
        return json.put(
                        "data",
                        JsonObject.builder()
                                .put("rows_rewritten", effect.rowsRewritten())
                                .put("bytes_rewritten", effect.bytesRewritten())
                                .put("rows_losing_value", effect.rowsLosingValue())
                                .build())
                .build();
    }

    private static JsonObject withoutMode(MigrationStep step) {
        Map<String, JsonValue> members = new LinkedHashMap<>(step.toJson().members());
        members.remove("mode");
        return JsonObject.copyOf(members);
    }
}
