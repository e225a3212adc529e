package dev.omnigraph.controlplane.lance;

import dev.omnigraph.controlplane.digest.Sha256;
import dev.omnigraph.controlplane.language.schema.CompiledSchema;
import java.util.List;

/**
 * A graph as a read-only open finds it.
 *
 * @param schema the accepted one, which the three schema files agree on
 */
record LiveGraph(ManifestState manifest, CompiledSchema schema) {

    /** The bare SHA-256 of the schema source. */
    String digest() {
        return Sha256.hex(schema.source());
    }

    /** The branches that people made: without main and the lock of a schema apply. */
    List<String> userBranches() {
        return manifest.branches().stream()
                .filter(branch -> !branch.equals(GraphLayout.LOCK_BRANCH))
                .toList();
    }
}
