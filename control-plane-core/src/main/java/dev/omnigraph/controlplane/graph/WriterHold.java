package dev.omnigraph.controlplane.graph;

/** Whether a schema apply that died or gave up still keeps writers out of a graph. */
public sealed interface WriterHold {

    /** Nothing is left of one, or a lock branch is there that may be somebody's who lives. */
    record None() implements WriterHold {}

    /** Something is, or what is there cannot be told: what the apply had begun is neither finished nor undone yet. */
    record Held() implements WriterHold {}

    /** The storage did not answer. */
    record Unknown(String reason) implements WriterHold {}
}
