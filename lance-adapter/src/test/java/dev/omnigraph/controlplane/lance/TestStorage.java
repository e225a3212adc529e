package dev.omnigraph.controlplane.lance;

import dev.omnigraph.controlplane.fault.FaultPoints;
import dev.omnigraph.controlplane.storage.ObjectKey;
import dev.omnigraph.controlplane.storage.ObjectStore;
import java.io.IOException;
import java.io.UncheckedIOException;

/** The storage root of a test. */
interface TestStorage {

    /** Its text objects. */
    ObjectStore store();

    /** Its graphs. */
    LanceStorage lance();

    /**
     * An engine on it.
     *
     * @param store its own, or one that stands before that
     */
    LanceGraphEngine open(ObjectStore store, FaultPoints faultPoints);

    static DatasetLocation located(LanceStorage storage, ObjectKey key) {
        try {
            return storage.locate(key);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
