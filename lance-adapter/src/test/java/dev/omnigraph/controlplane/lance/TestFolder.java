package dev.omnigraph.controlplane.lance;

import dev.omnigraph.controlplane.fault.FaultPoints;
import dev.omnigraph.controlplane.id.UlidSource;
import dev.omnigraph.controlplane.storage.ObjectStore;
import dev.omnigraph.controlplane.storage.folder.FolderObjectStore;
import java.nio.file.Path;
import java.time.InstantSource;

/** A storage root in a folder. */
record TestFolder(Path folder) implements TestStorage {

    @Override
    public ObjectStore store() {
        return new FolderObjectStore(folder);
    }

    @Override
    public LanceStorage lance() {
        return new LanceFolder(folder);
    }

    @Override
    public LanceGraphEngine open(ObjectStore store, FaultPoints faultPoints) {
        return LanceGraphEngine.open(store, faultPoints, new UlidSource(), InstantSource.system());
    }
}
