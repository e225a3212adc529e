package dev.omnigraph.controlplane.graph;

import java.util.List;
import java.util.Optional;

/**
 * What the caller of a schema apply writes down so that its death can be told from that of others. Each method returns
 * once its news is durable. What a method throws stops the apply at that place: before {@link #writing} the graph has not
 * moved, after it the next recovery finishes or undoes the migration.
 */
public interface SchemaApplyJournal extends LockOwnership {

    /** A lock branch is about to be made from this version of {@code __manifest}. */
    void locking(long manifestVersion);

    /** The lock branch is there. */
    void locked(SchemaLock lock);

    /**
     * The migration passed every check; the first write that moves the graph follows.
     *
     * @param removals what hard drops leave to be removed once the migration is published; empty for soft drops
     * @return why the graph must not move after all; empty where it may
     */
    Optional<String> writing(List<TableHistory> removals);

    /** Every table is written; the one write that makes the migration visible follows. */
    void publishing();

    /** The lock branch is gone again. */
    void unlocked(SchemaLock lock);
}
