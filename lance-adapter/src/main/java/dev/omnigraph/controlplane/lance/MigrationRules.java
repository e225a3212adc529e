package dev.omnigraph.controlplane.lance;

import dev.omnigraph.controlplane.graph.SchemaLock;
import dev.omnigraph.controlplane.language.LanguageException;
import dev.omnigraph.controlplane.language.schema.CompiledSchema;
import dev.omnigraph.controlplane.language.schema.TableDefinition;
import dev.omnigraph.controlplane.language.schema.migration.DropMode;
import dev.omnigraph.controlplane.language.schema.migration.MigrationPlan;
import dev.omnigraph.controlplane.language.schema.migration.MigrationPlanner;
import dev.omnigraph.controlplane.language.schema.migration.MigrationStep;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Which migrations are made: what the planner supports, less what would leave the graph unusable, or that the format has no
 * way for (graph-format.md 7.6). Each refusal says what to do instead.
 */
final class MigrationRules {

    private MigrationRules() {}

    /** The schema that is wanted. */
    static CompiledSchema compile(String source) throws MigrationRefusedException {
        try {
            return CompiledSchema.compile(source);
        } catch (LanguageException e) {
            throw new MigrationRefusedException("the desired schema does not compile: " + e.getMessage());
        }
    }

    /** The way from one schema to the other, as far as the schemas alone can tell. */
    static MigrationPlan plan(CompiledSchema accepted, CompiledSchema desired, DropMode mode)
            throws MigrationRefusedException {
        MigrationPlan plan = MigrationPlanner.plan(accepted.ir(), desired.ir()).withDropMode(mode);
        Optional<String> obstacle = plan.firstUnsupported()
                .map(MigrationStep.UnsupportedChange::message)
                .or(() -> ambiguousRename(plan, desired))
                .or(() -> mode == DropMode.HARD ? plan.obstacleToHardDrops() : Optional.empty());
        if (obstacle.isPresent()) {
            throw new MigrationRefusedException(obstacle.get(), Optional.of(plan));
        }
        return plan;
    }

    /** Migrations are made on main alone, because other branches would keep the old tables. */
    static void requireOnlyMain(List<String> userBranches) throws MigrationRefusedException {
        if (!userBranches.isEmpty()) {
            throw new MigrationRefusedException("a schema apply requires a graph with only main, and this one also has"
                    + " the branches " + String.join(", ", userBranches)
                    + "; merge or delete them first");
        }
    }

    /** @param now to tell the age of the lock */
    static MigrationRefusedException locked(SchemaLock lock, Instant now) {
        Duration age = Duration.between(lock.createdAt(), now);
        return new MigrationRefusedException("a schema apply of another program holds the graph since "
                + lock.createdAt() + ", for " + Math.max(0, age.toMinutes())
                + " minutes. Where it is certain that no program applies a schema any more, delete the branch "
                + GraphLayout.LOCK_BRANCH + " of " + GraphLayout.MANIFEST + ", which it left behind");
    }

    /** What the snapshot has to allow. */
    static void requireUsable(TableChanges changes, ManifestState manifest, MigrationPlan plan)
            throws MigrationRefusedException {
        if (!changes.missing().isEmpty()) {
            throw new MigrationRefusedException(
                    "the schema of the graph has " + String.join(", ", changes.missing())
                            + ", and its manifest shows no such table; export what can be read into a new graph",
                    Optional.of(plan));
        }
        Optional<String> used = Stream.concat(
                        changes.added().stream().map(TableDefinition::key),
                        changes.renamed().stream().map(TableChanges.Rewriting::key))
                .filter(manifest.registered()::contains)
                .findFirst();
        if (used.isPresent()) {
            throw new MigrationRefusedException(
                    "the graph had a table " + used.get() + " before, and a name is never used again because earlier"
                            + " versions of the graph still show its rows; choose another name",
                    Optional.of(plan));
        }
    }

    /** Two types that both go on with the rows of one; the second would be declared without a table. */
    private static Optional<String> ambiguousRename(MigrationPlan plan, CompiledSchema desired) {
        Map<String, String> renamed = new HashMap<>();
        for (MigrationStep step : plan.steps()) {
            if (step instanceof MigrationStep.RenameType rename) {
                String from = TableDefinition.key(rename.typeKind(), rename.from());
                if (desired.tables().stream().anyMatch(table -> table.key().equals(from))) {
                    return Optional.of(rename.to() + " is to be renamed from " + rename.from()
                            + ", which the desired schema still declares; take @rename_from away to add "
                            + rename.to() + ", or take " + rename.from() + " away to rename it");
                }
                String other = renamed.put(from, rename.to());
                if (other != null) {
                    return Optional.of(other + " and " + rename.to() + " are both to be renamed from " + rename.from()
                            + "; only one of them can be");
                }
            }
        }
        return Optional.empty();
    }
}
