package dev.omnigraph.controlplane.lance;

/** Whether somebody else may be writing a graph that is recovered; what looks interrupted may then be under way. */
enum OtherWriters {
    /** Everything there is was left by the dead, so that it can be finished and undone. */
    NONE,
    /** Only what is complete is finished (graph-format.md 6.8); the rest is left to its writer. */
    POSSIBLE
}
