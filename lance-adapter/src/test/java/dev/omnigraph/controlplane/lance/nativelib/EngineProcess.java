package dev.omnigraph.controlplane.lance.nativelib;

import dev.omnigraph.controlplane.fault.FaultPoints;
import dev.omnigraph.controlplane.graph.GraphRoot;
import dev.omnigraph.controlplane.id.UlidSource;
import dev.omnigraph.controlplane.lance.LanceGraphEngine;
import dev.omnigraph.controlplane.storage.folder.FolderObjectStore;
import java.nio.file.Path;
import java.time.InstantSource;

/** A process that opens an engine, creates a graph with it if it can, and says what came of it. */
final class EngineProcess {

    private EngineProcess() {}

    /** Arguments: a storage root, the name of a graph. */
    public static void main(String[] arguments) {
        FolderObjectStore store = new FolderObjectStore(Path.of(arguments[0]));
        try (LanceGraphEngine engine =
                LanceGraphEngine.open(store, FaultPoints.NONE, new UlidSource(), InstantSource.system())) {
            GraphRoot root = new GraphRoot(arguments[0] + "/graphs/" + arguments[1] + ".omni");
            System.out.println(engine.create(root, "node Person { name: String @key }", "claimant", () -> {}));
        } catch (UnsupportedPlatformException e) {
            System.out.println("unsupported: " + e.getMessage());
        }
    }
}
