package dev.omnigraph.controlplane.app;

import dev.omnigraph.controlplane.app.settings.ConfigurationSource;
import dev.omnigraph.controlplane.app.settings.ControlPlaneSettings;
import dev.omnigraph.controlplane.config.ClusterHeader;
import dev.omnigraph.controlplane.config.HeaderLoad;
import dev.omnigraph.controlplane.diagnostic.Diagnostic;
import dev.omnigraph.controlplane.storage.StorageRoot;

/** Where the cluster is stored: the setting decides, else the configuration, else the configuration folder. */
final class StorageChoice {

    private StorageChoice() {}

    /**
     * The storage root.
     *
     * @param header the configuration, which is asked only where the setting does not decide; one that cannot be
     *     understood decides nothing, because the cluster might be somewhere else
     */
    static StorageRoot of(ControlPlaneSettings settings, HeaderLoad header) {
        if (settings.storage().isPresent()) {
            return root(settings.storage().get());
        }
        if (settings.configurationSource() == ConfigurationSource.STORED) {
            throw new StartRefusedException(
                    "Where the cluster is stored is not known: control-plane.configuration-source=stored reads no folder.",
                    "Set control-plane.storage to an absolute path, or to s3://bucket/prefix.");
        }
        header.diagnostics().stream().filter(Diagnostic::isError).findFirst().ifPresent(error -> {
            throw new StartRefusedException(
                    "Where the cluster is stored is not known, because the configuration in " + settings.configDir()
                            + " cannot be used: " + error.path() + ": " + error.message() + ".",
                    "Correct the configuration, or set control-plane.storage.");
        });
        return header.header()
                .flatMap(ClusterHeader::declaredStorage)
                .map(StorageChoice::root)
                .orElseGet(() -> new StorageRoot.Folder(settings.configDir().toAbsolutePath()));
    }

    private static StorageRoot root(String declaration) {
        try {
            return StorageRoot.parse(declaration);
        } catch (IllegalArgumentException e) {
            throw new StartRefusedException(
                    "The storage root " + declaration + " cannot be used: " + e.getMessage() + ".",
                    "Set control-plane.storage to an absolute path, or to s3://bucket/prefix.");
        }
    }
}
