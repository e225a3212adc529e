package dev.omnigraph.controlplane.instance;

/** What reading an instance record came to. */
public sealed interface InstanceRead {

    record Found(StoredInstance instance) implements InstanceRead {}

    record Absent() implements InstanceRead {}

    /** It is there and cannot be understood. */
    record Unreadable(String reason) implements InstanceRead {}

    /** The store did not answer. */
    record Unavailable(String reason) implements InstanceRead {}
}
