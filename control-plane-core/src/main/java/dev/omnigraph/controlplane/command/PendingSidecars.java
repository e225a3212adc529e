package dev.omnigraph.controlplane.command;

import dev.omnigraph.controlplane.diagnostic.Diagnostic;
import dev.omnigraph.controlplane.diagnostic.DiagnosticCode;
import dev.omnigraph.controlplane.storage.ObjectKey;
import dev.omnigraph.controlplane.storage.StorageRoot;

/** How commands that do not sweep tell of a sidecar: by its file, without reading it. */
final class PendingSidecars {

    private PendingSidecars() {}

    static Diagnostic warning(StorageRoot root, ObjectKey file) {
        return Diagnostic.of(
                DiagnosticCode.CLUSTER_RECOVERY_PENDING,
                root.display(file),
                "an operation on a graph was interrupted or is running; the next apply, refresh or import looks at it");
    }
}
