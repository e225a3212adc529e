package dev.omnigraph.controlplane.lance;

/**
 * An interrupted write of a graph and what became of it (graph-format.md 6.6).
 *
 * @param operationId the engine's own id of the write
 */
record RecoveredWrite(String operationId, WriterKind writer, Ending ending) {

    /** Whether the graph shows it. */
    boolean isPublished() {
        return ending == Ending.ROLLED_FORWARD || ending == Ending.ALREADY_PUBLISHED;
    }

    /** How an interrupted write was ended. */
    enum Ending {
        /** Its tables were complete and are published now. */
        ROLLED_FORWARD,
        /** It had been published already. */
        ALREADY_PUBLISHED,
        /** Its tables are what they were before it. */
        ROLLED_BACK,
        /** The branch that it wrote is gone, so nothing is left to do. */
        DISCARDED,
        /** Another writer moved the same tables meanwhile, or may be at work yet; the next recovery decides. */
        DEFERRED
    }
}
