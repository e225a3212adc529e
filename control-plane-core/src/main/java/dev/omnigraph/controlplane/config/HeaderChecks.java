package dev.omnigraph.controlplane.config;

import dev.omnigraph.controlplane.diagnostic.DiagnosticCode;
import java.util.Optional;

/** Checks what a document says of the cluster itself, in this order (control-plane.md 2.6). */
final class HeaderChecks {

    private static final long SUPPORTED_VERSION = 1;
    private static final String SUPPORTED_BACKEND = "cluster";

    private HeaderChecks() {}

    static ClusterHeader check(ClusterDocument document, Draft draft) {
        if (document.version() != SUPPORTED_VERSION) {
            draft.report(
                    DiagnosticCode.UNSUPPORTED_CLUSTER_CONFIG_VERSION,
                    "version",
                    "version " + document.version() + " of the configuration format is not known; this service reads "
                            + SUPPORTED_VERSION);
        }
        if (document.metadataName().filter(WhiteSpace::isBlank).isPresent()) {
            draft.report(DiagnosticCode.EMPTY_METADATA_NAME, "metadata.name", "metadata.name is declared but blank");
        }
        checkBackend(document.stateBackend(), draft);
        return new ClusterHeader(
                document.metadataName(),
                checkStorage(document.storage(), draft),
                document.stateLock().orElse(true));
    }

    private static void checkBackend(Optional<String> backend, Draft draft) {
        if (backend.isPresent() && !backend.get().equals(SUPPORTED_BACKEND)) {
            draft.report(
                    DiagnosticCode.UNSUPPORTED_STATE_BACKEND,
                    "state.backend",
                    "state.backend `" + backend.get() + "` is not known; the ledger lies in the storage root, which is"
                            + " called `" + SUPPORTED_BACKEND + "`");
        }
    }

    private static Optional<String> checkStorage(Optional<String> declared, Draft draft) {
        if (declared.isEmpty()) {
            return Optional.empty();
        }
        StorageDeclaration storage =
                StorageDeclaration.of(declared.get(), draft.source().folder());
        storage.problem().ifPresent(problem -> draft.report(DiagnosticCode.INVALID_STORAGE_ROOT, "storage", problem));
        return storage.normalised();
    }
}
