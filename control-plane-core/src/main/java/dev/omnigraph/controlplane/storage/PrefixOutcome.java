package dev.omnigraph.controlplane.storage;

/** Whether anything is stored below a prefix, at any depth. */
public sealed interface PrefixOutcome {

    /** At least one object is below the prefix. */
    record Present() implements PrefixOutcome {}

    /** The store says that there is none. */
    record Absent() implements PrefixOutcome {}

    /** The store did not answer, or refused. Nothing may be decided on it; least of all that a graph is gone. */
    record Unknown(String reason) implements PrefixOutcome {}
}
