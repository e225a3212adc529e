package dev.omnigraph.controlplane.instance;

/** What writing an instance record came to. */
public sealed interface InstanceWrite {

    record Stored(StoredInstance instance) implements InstanceWrite {}

    /** The record is not what the write was made for. */
    record Lost(InstanceRead present) implements InstanceWrite {}

    /** Not stored, or not known to be. */
    record Unsettled(String reason) implements InstanceWrite {}
}
