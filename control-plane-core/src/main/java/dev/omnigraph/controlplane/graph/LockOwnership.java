package dev.omnigraph.controlplane.graph;

/** Tells lock branches that a dead apply of ours left behind from those that somebody may still need. */
@FunctionalInterface
public interface LockOwnership {

    /**
     * Whether a lock branch that was found is one of ours whose apply does not run any more. The proof is an announced
     * version with a creation time that was recorded, or, where the process died between the two, one that is not before
     * the announcement. Anything else belongs to someone who may be writing at this moment.
     */
    boolean isLeftByUs(SchemaLock lock);
}
