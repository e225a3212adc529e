package dev.omnigraph.controlplane.language.schema.migration;

import dev.omnigraph.controlplane.json.JsonArray;
import dev.omnigraph.controlplane.json.JsonObject;
import java.util.List;
import java.util.Optional;

/**
 * How to get from one schema to another.
 *
 * @param steps in the order of schema-language.md 8.2; none where the schemas differ in nothing that a graph stores
 */
public record MigrationPlan(List<MigrationStep> steps) {

    public MigrationPlan {
        steps = List.copyOf(steps);
    }

    /** Whether every difference can be migrated. */
    public boolean supported() {
        return firstUnsupported().isEmpty();
    }

    /** The difference that a refusal names. */
    public Optional<MigrationStep.UnsupportedChange> firstUnsupported() {
        return steps.stream()
                .filter(MigrationStep.UnsupportedChange.class::isInstance)
                .map(MigrationStep.UnsupportedChange.class::cast)
                .findFirst();
    }

    /** Whether a step takes rows or columns out of sight. */
    public boolean hasDrops() {
        return steps.stream()
                .anyMatch(step -> step instanceof MigrationStep.DropType || step instanceof MigrationStep.DropProperty);
    }

    /** The same plan with every drop in this mode; plans are made with soft ones. */
    public MigrationPlan withDropMode(DropMode mode) {
        return new MigrationPlan(
                steps.stream().map(step -> withDropMode(step, mode)).toList());
    }

    /** {@code {"supported": …, "steps": […]}} (schema-language.md 8). */
    public JsonObject toJson() {
        return JsonObject.builder()
                .put("supported", supported())
                .put(
                        "steps",
                        JsonArray.of(steps.stream().map(MigrationStep::toJson).toList()))
                .build();
    }

    private static MigrationStep withDropMode(MigrationStep step, DropMode mode) {
        if (step instanceof MigrationStep.DropType drop) {
            return new MigrationStep.DropType(drop.typeKind(), drop.name(), mode);
        }
        if (step instanceof MigrationStep.DropProperty drop) {
            return new MigrationStep.DropProperty(drop.typeKind(), drop.typeName(), drop.propertyName(), mode);
        }
        return step;
    }
}
