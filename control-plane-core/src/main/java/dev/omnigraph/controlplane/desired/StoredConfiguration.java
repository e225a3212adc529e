package dev.omnigraph.controlplane.desired;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * A configuration as it was stored first.
 *
 * @param files in the order of their paths
 * @param actor who stored it
 */
public record StoredConfiguration(
        ConfigurationName name, List<StoredFile> files, Optional<String> actor, Instant storedAt) {

    public StoredConfiguration {
        files = List.copyOf(files);
    }

    /** All files together. */
    public long bytes() {
        return files.stream().mapToLong(StoredFile::bytes).sum();
    }
}
