package dev.omnigraph.controlplane.lance;

import dev.omnigraph.controlplane.storage.ObjectKey;
import java.io.IOException;

/**
 * Where a graph lies: for text objects a key of the cluster's store, for datasets a location.
 *
 * @param storage that the key is below
 */
record GraphPlace(LanceStorage storage, ObjectKey key) {

    /** The location that is given to Lance. */
    DatasetLocation datasets() throws IOException {
        return storage.locate(key);
    }

    /** The place as operators know it. */
    @Override
    public String toString() {
        return storage.display(key);
    }
}
