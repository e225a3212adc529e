package dev.omnigraph.controlplane.storage;

/** What deleting came to. */
public sealed interface DeleteOutcome {

    /** The object is not there any more, or never was. */
    record Done() implements DeleteOutcome {}

    /** The object has other content than the condition names; it was left. */
    record Lost(GetOutcome present) implements DeleteOutcome {}

    /** The store refused; the object is still there. */
    record Refused(String reason) implements DeleteOutcome {}

    /** Neither success nor failure is certain. */
    record Unknown(String reason) implements DeleteOutcome {}
}
