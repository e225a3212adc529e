package dev.omnigraph.controlplane.graph;

/** What ending the leftovers of a dead schema apply came to (graph-format.md 6 and 7.7). */
public sealed interface GraphRecovery {

    /** No lock branch of a dead apply of ours is on the graph, so nothing was done. */
    record Nothing() implements GraphRecovery {}

    /** What the dead apply had begun is finished or undone, and its lock branch is gone. */
    record Recovered() implements GraphRecovery {}

    /**
     * The graph stays as it is, and writers stay out of it.
     *
     * @param reason what is in the way, and what a person can do
     */
    record Held(String reason) implements GraphRecovery {}

    /** The storage did not answer. What was ended before that stays so, and the next try goes on. */
    record Unknown(String reason) implements GraphRecovery {}
}
