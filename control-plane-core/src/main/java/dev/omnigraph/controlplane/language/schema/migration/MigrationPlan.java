package dev.omnigraph.controlplane.language.schema.migration;

import dev.omnigraph.controlplane.json.JsonArray;
import dev.omnigraph.controlplane.json.JsonObject;
import dev.omnigraph.controlplane.language.schema.TypeKind;
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
        return steps.stream().anyMatch(MigrationStep::dropsData);
    }

    /**
     * Why the drops cannot be hard; empty where they can. The rows of a renamed type go into a new table, and its old one
     * keeps a property that is dropped on the way (graph-format.md 7.6).
     */
    public Optional<String> obstacleToHardDrops() {
        for (MigrationStep step : steps) {
            if (step instanceof MigrationStep.DropProperty drop && isRenamed(drop.typeKind(), drop.typeName())) {
                return Optional.of("the values of " + drop.typeName() + "." + drop.propertyName()
                        + " cannot be removed in the migration that renames the type, because its old table keeps them;"
                        + " drop the property first and rename the type afterwards");
            }
        }
        return Optional.empty();
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

    private boolean isRenamed(TypeKind kind, String name) {
        return steps.stream()
                .anyMatch(step -> step instanceof MigrationStep.RenameType rename
                        && rename.typeKind() == kind
                        && rename.to().equals(name));
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
