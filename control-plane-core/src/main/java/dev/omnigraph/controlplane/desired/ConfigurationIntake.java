package dev.omnigraph.controlplane.desired;

import dev.omnigraph.controlplane.archive.ArchiveFormat;
import dev.omnigraph.controlplane.archive.ArchiveLimits;
import dev.omnigraph.controlplane.archive.ArchiveRefusedException;
import dev.omnigraph.controlplane.archive.ConfigurationArchive;
import dev.omnigraph.controlplane.config.BundleConfigSource;
import dev.omnigraph.controlplane.config.ClusterConfigLoader;
import dev.omnigraph.controlplane.config.FileContent;
import dev.omnigraph.controlplane.config.HeaderLoad;
import dev.omnigraph.controlplane.config.LoadOptions;
import dev.omnigraph.controlplane.diagnostic.Diagnostic;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;

/**
 * Takes archives in. What is stored is a configuration at least in form: its {@code cluster.yaml} can be read. Whether it
 * is a good one is not asked here, because that depends on the cluster and on the version of the service; every command
 * asks it that is to use the configuration. Thread-safe.
 */
public final class ConfigurationIntake {

    private final ConfigurationStore store;
    private final ArchiveLimits limits;

    public ConfigurationIntake(ConfigurationStore store, ArchiveLimits limits) {
        this.store = store;
        this.limits = limits;
    }

    /** What taking an archive in came to. */
    public sealed interface Outcome {

        /** Its {@code cluster.yaml} cannot be read; nothing was stored. */
        record Unreadable(List<Diagnostic> findings) implements Outcome {}

        record Stored(ConfigurationStore.Storing storing) implements Outcome {}
    }

    /**
     * Stores what an archive holds.
     *
     * @throws ArchiveRefusedException where it breaks a rule; nothing was stored
     */
    public Outcome take(byte[] archive, ArchiveFormat format, Optional<String> actor, Instant now)
            throws ArchiveRefusedException {
        SortedMap<String, FileContent> files = ConfigurationArchive.read(archive, format, limits);
        HeaderLoad header = ClusterConfigLoader.loadHeader(
                new BundleConfigSource(ConfigurationStore.nameOf(files).text(), files), LoadOptions.CONFINED);
        return header.header().isEmpty()
                ? new Outcome.Unreadable(header.diagnostics())
                : new Outcome.Stored(store.store(files, actor, now));
    }
}
