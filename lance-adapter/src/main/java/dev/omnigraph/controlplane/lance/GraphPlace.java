package dev.omnigraph.controlplane.lance;

import dev.omnigraph.controlplane.storage.ObjectKey;
import java.io.IOException;
import java.nio.file.Path;

/**
 * Where a graph lies: for text objects a key of the cluster's store, for datasets a path.
 *
 * @param storageRoot the folder that the key is below
 */
record GraphPlace(Path storageRoot, ObjectKey key) {

    private static final Path PARENT = Path.of("..");

    /**
     * The path that is given to Lance, which resolves {@code ..} as text: where the root's own path has such a segment,
     * symbolic links are resolved first, so that datasets come to lie beside the text objects.
     */
    Path datasets() throws IOException {
        for (Path segment : storageRoot) {
            if (segment.equals(PARENT)) {
                return storageRoot.toRealPath().resolve(key.path());
            }
        }
        return storageRoot.resolve(key.path());
    }

    /** The path as operators know it. */
    @Override
    public String toString() {
        return storageRoot.resolve(key.path()).toString();
    }
}
