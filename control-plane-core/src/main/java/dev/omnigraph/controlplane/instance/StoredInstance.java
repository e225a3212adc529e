package dev.omnigraph.controlplane.instance;

import dev.omnigraph.controlplane.storage.VersionTag;

/** An instance record as it stands in the store. */
public record StoredInstance(InstanceRecord record, VersionTag tag) {}
