package dev.omnigraph.controlplane.lance;

/** What recoveries of all graphs use together. */
record RecoveryServices(
        ManifestReader manifests, ManifestPublisher publisher, TableVersions versions, RecoveryAudit audit) {}
