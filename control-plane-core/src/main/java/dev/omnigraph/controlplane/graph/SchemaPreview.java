package dev.omnigraph.controlplane.graph;

import dev.omnigraph.controlplane.language.schema.migration.DataEffect;
import dev.omnigraph.controlplane.language.schema.migration.MigrationPlan;
import java.util.List;
import java.util.Optional;

/** What a schema would do to a graph as it is now. Nothing is changed by looking. */
public sealed interface SchemaPreview {

    /**
     * The graph can get the schema. It has no branch beside main.
     *
     * @param liveDigest the bare SHA-256 of the schema source that was planned from
     * @param headCommit the newest commit, whose rows were measured
     * @param plan drops have the mode that was asked for
     * @param effects one for each step of the plan, in its order
     */
    record Previewed(
            String liveDigest, long manifestVersion, String headCommit, MigrationPlan plan, List<DataEffect> effects)
            implements SchemaPreview {
        public Previewed {
            effects = List.copyOf(effects);
        }
    }

    /**
     * An apply would be refused.
     *
     * @param plan what would have been done, where it came to a plan
     */
    record Refused(String reason, Optional<MigrationPlan> plan) implements SchemaPreview {}

    /** No graph opens at the root. */
    record NotOpenable(String reason) implements SchemaPreview {}

    /** The storage did not answer. */
    record Unknown(String reason) implements SchemaPreview {}
}
