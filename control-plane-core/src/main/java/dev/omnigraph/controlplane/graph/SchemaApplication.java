package dev.omnigraph.controlplane.graph;

import dev.omnigraph.controlplane.language.schema.migration.MigrationPlan;
import java.util.List;

/**
 * What applying a schema to a graph came to (graph-format.md 7). Where the next recovery of the graph has something to do
 * for it, or may have, it is {@link Failed}, {@link Unknown} or has leftovers: whoever failed leaves the next one what the
 * dead leave, and no outcome that says otherwise may hide it.
 */
public sealed interface SchemaApplication {

    /**
     * The graph has the desired schema, durably.
     *
     * @param manifestVersion the version of {@code __manifest} that shows it
     * @param plan what was done; without steps where only the text of the schema changed
     * @param leftovers what could not be cleared away and does no harm to the graph's content, each with what to do; a
     *     recovery of the graph ends it
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

    /** {@link SchemaApplyJournal#writing} said that the graph must not move; nothing was done. */
    record Forbidden(String reason) implements SchemaApplication {}

    /** This graph cannot get this schema, or not now. Nothing of its content moved, but recovery may have. */
    record Refused(String reason) implements SchemaApplication {}

    /** A step failed, and nothing of this apply is left at the graph. Trying again is safe. */
    record FailedWithoutMovement(String reason) implements SchemaApplication {}

    /** A step failed that may have left something. The next recovery finishes the migration or undoes it. */
    record Failed(String reason) implements SchemaApplication {}

    /** The storage did not answer before anything was begun. Nothing may be decided on it. */
    record Unknown(String reason) implements SchemaApplication {}
}
