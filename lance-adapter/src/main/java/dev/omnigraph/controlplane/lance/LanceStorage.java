package dev.omnigraph.controlplane.lance;

import dev.omnigraph.controlplane.storage.ObjectKey;
import java.io.IOException;
import java.util.Optional;

/** Where the graphs of a cluster lie, as Lance reaches them. Thread-safe. */
sealed interface LanceStorage permits LanceFolder, LanceBucket {

    /** What Lance is told of the place of a key. */
    DatasetLocation locate(ObjectKey key) throws IOException;

    /** The place of a key as operators know it. */
    String display(ObjectKey key);

    /** What a place must not have, where this one has it: Lance would go elsewhere. */
    Optional<String> objection(String location);
}
