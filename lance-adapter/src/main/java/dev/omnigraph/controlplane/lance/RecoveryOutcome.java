package dev.omnigraph.controlplane.lance;

import dev.omnigraph.controlplane.graph.SchemaLock;
import java.util.List;

/** What recovering a graph from interrupted writes came to (graph-format.md 6). */
sealed interface RecoveryOutcome {

    /**
     * No interrupted write is left but those in {@code writes} that are {@link RecoveredWrite.Ending#DEFERRED}.
     *
     * @param schemaFiles what became of staged schema files
     * @param writes one for each interrupted write that was found, oldest first
     * @param lockCleared whether a lock branch of our own dead apply was removed
     */
    record Recovered(StagedSchema schemaFiles, List<RecoveredWrite> writes, boolean lockCleared)
            implements RecoveryOutcome {
        public Recovered {
            writes = List.copyOf(writes);
        }

        /** Whether writers may go on. */
        boolean isComplete() {
            return isComplete(writes);
        }

        static boolean isComplete(List<RecoveredWrite> writes) {
            return writes.stream().noneMatch(write -> write.ending() == RecoveredWrite.Ending.DEFERRED);
        }
    }

    /** A schema apply that is not known to be dead may be at work; nothing was touched. */
    record Locked(SchemaLock lock, String reason) implements RecoveryOutcome {}

    /** What is there cannot be finished and not be undone. What was recovered before that stays so. */
    record Stuck(String reason) implements RecoveryOutcome {}

    /** A step failed. Recovering again goes on from there. */
    record Failed(String reason) implements RecoveryOutcome {}

    /** What became of schema files that were staged by an interrupted schema apply. */
    enum StagedSchema {
        /** There were none. */
        NONE,
        /** They are the schema now. */
        PROMOTED,
        /** They were removed; the schema stays. */
        DISCARDED,
        /** They are still staged, because the write that they belong to is deferred. */
        KEPT
    }
}
