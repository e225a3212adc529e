package dev.omnigraph.controlplane.storage;

/** What reading one object came to. */
public sealed interface GetOutcome {

    /** The object was read whole. */
    record Found(StoredObject object) implements GetOutcome {}

    /** The store says that there is no such object. */
    record Absent() implements GetOutcome {}

    /** The store answers, but this object cannot be read: permissions, or something that is no object. */
    record Unusable(String reason) implements GetOutcome {}

    /** The store did not answer, or not clearly. Nothing may be decided on it. */
    record Unknown(String reason) implements GetOutcome {}
}
