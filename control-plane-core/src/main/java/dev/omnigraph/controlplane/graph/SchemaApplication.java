package dev.omnigraph.controlplane.graph;

import dev.omnigraph.controlplane.language.schema.migration.MigrationPlan;
import java.util.List;

/** What applying a schema to a graph came to (graph-format.md 7). */
public sealed interface SchemaApplication {

    /**
     * The graph has the desired schema, durably.
     *
     * @param manifestVersion the version of {@code __manifest} that shows it
     * @param plan what was done; without steps where only the text of the schema changed
     * @param leftovers what could not be cleared away and does no harm to the graph's content, each with what to do
     */
    record Applied(long manifestVersion, MigrationPlan plan, List<String> leftovers) implements SchemaApplication {
        public Applied {
            leftovers = List.copyOf(leftovers);
        }
    }

    /** The graph had the desired schema already, or had it after its own recovery; nothing else was done. */
    record AlreadyApplied(long manifestVersion) implements SchemaApplication {}

    /** The graph has another schema than the one that was planned from, and not the desired one; nothing was done. */
    record Moved(String liveDigest) implements SchemaApplication {}

    /** This graph cannot get this schema, or not now. Nothing of its content moved, but recovery may have. */
    record Refused(String reason) implements SchemaApplication {}

    /** A step failed before anything of the graph moved. Trying again is safe. */
    record FailedWithoutMovement(String reason) implements SchemaApplication {}

    /** A step failed when the graph was being moved. The next recovery finishes the migration or undoes it. */
    record Failed(String reason) implements SchemaApplication {}

    /** The storage did not answer before anything was begun. Nothing may be decided on it. */
    record Unknown(String reason) implements SchemaApplication {}
}
