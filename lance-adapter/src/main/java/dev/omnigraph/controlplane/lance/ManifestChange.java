package dev.omnigraph.controlplane.lance;

import java.util.Optional;

/** One thing that a publish changes in the snapshot of a graph (graph-format.md 3.7). Versions are unsigned. */
sealed interface ManifestChange {

    /** The table that is changed. */
    String key();

    /**
     * A table begins to exist. Its first pin goes with it.
     *
     * @param path relative to the graph's root
     */
    record Register(String key, String path) implements ManifestChange {}

    /** A table is at another version. */
    record Pin(String key, long version, Optional<String> branch, long rows, VersionMetadata metadata)
            implements ManifestChange {}

    /** A table does not belong to the graph any more. */
    record Drop(String key, long version) implements ManifestChange {}
}
