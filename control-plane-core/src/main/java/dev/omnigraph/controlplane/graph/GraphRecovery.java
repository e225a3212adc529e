package dev.omnigraph.controlplane.graph;

/** What ending the leftovers of a dead schema apply came to (graph-format.md 6 and 7.7). */
public sealed interface GraphRecovery {

    /** No schema apply was left in the graph by somebody who is known not to go on, so nothing was done. */
    record Nothing() implements GraphRecovery {}

    /** What the apply had begun is finished or undone, and no lock branch is left of it. */
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
