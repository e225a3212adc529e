package dev.omnigraph.controlplane.plan;

import dev.omnigraph.controlplane.json.JsonArray;
import dev.omnigraph.controlplane.json.JsonObject;
import dev.omnigraph.controlplane.language.schema.migration.DropMode;
import dev.omnigraph.controlplane.language.schema.migration.MigrationPlan;
import dev.omnigraph.controlplane.language.schema.migration.MigrationStep;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What a migration would destroy if its drops were hard: former versions of tables, and nothing else (graph-format.md 7.3).
 *
 * @param seen names exactly the rows that were counted
 * @param obstacle why the drops cannot be hard; empty where they can
 */
public record HistoryDestruction(String seen, Optional<String> obstacle, List<Drop> drops) implements Destruction {

    /** What this is called where a decision about drops is shown. */
    public static final String MEMBER = "erases";

    public HistoryDestruction {
        drops = List.copyOf(drops);
    }

    /**
     * One drop.
     *
     * @param step as it would be made
     * @param rows of a dropped type, or with a value in a dropped property
     */
    public record Drop(MigrationStep step, long rows) {

        /** What is gone for good, for people. */
        public String erased() {
            return step instanceof MigrationStep.DropType
                    ? "every version of the table before its last, with the files that no other version has"
                    : "every version of the table before this migration, with the files that no other version has: all that"
                            + " hold the values";
        }

        /** What stays on disk all the same, for people. */
        public String remains() {
            return step instanceof MigrationStep.DropType
                    ? "the last version of a dropped type keeps its files: its rows are no part of the graph any more, and"
                            + " whoever reads the files still finds them"
                    : "the table as this migration writes it, without the values; versions with a tag, and files that an"
                            + " interrupted write left";
        }

        private JsonObject toJson() {
            return JsonObject.builder()
                    .put("step", step.describe())
                    .put("rows", rows)
                    .put("erased", erased())
                    .put("remains", remains())
                    .build();
        }
    }

    /**
     * What this migration would destroy.
     *
     * @param migration a supported one with drops
     */
    public static HistoryDestruction of(Migration migration, String seen) {
        MigrationPlan hard = migration.plan().withDropMode(DropMode.HARD);
        List<Drop> drops = new ArrayList<>();
        for (int i = 0; i < hard.steps().size(); i++) {
            if (hard.steps().get(i).dropsData()) {
                drops.add(
                        new Drop(hard.steps().get(i), migration.effects().get(i).rowsLosingValue()));
            }
        }
        return new HistoryDestruction(seen, hard.obstacleToHardDrops(), drops);
    }

    @Override
    public String member() {
        return MEMBER;
    }

    @Override
    public JsonObject toJson() {
        return JsonObject.builder()
                .putOrNull("obstacle", obstacle)
                .put("drops", JsonArray.of(drops.stream().map(Drop::toJson).toList()))
                .build();
    }
}
