package dev.omnigraph.controlplane.operation;

import dev.omnigraph.controlplane.storage.VersionTag;

/** A record as it is stored, with the tag that the next transition must find. */
public record StoredOperation(OperationRecord record, VersionTag tag) {}
