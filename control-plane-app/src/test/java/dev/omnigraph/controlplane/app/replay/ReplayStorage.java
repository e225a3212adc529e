package dev.omnigraph.controlplane.app.replay;

import dev.omnigraph.controlplane.fault.FaultPoints;
import dev.omnigraph.controlplane.storage.ObjectStore;
import java.io.IOException;
import java.util.List;
import java.util.Optional;

/** Where the cluster of a replay is stored, as somebody with a shell has it. Paths are below the storage root. */
interface ReplayStorage extends AutoCloseable {

    /** The storage root as answers and documents name it. */
    String display();

    /** The same with a scheme, as some findings name it. */
    String uri();

    /** A cluster that is stored here and configured by the folder of the replay. */
    TestCluster open(FaultPoints faults);

    /** Everything a cluster does goes through it. */
    ObjectStore store();

    Optional<String> read(String path) throws IOException;

    void write(String path, String content) throws IOException;

    /** Removes a file or everything below a path. */
    void remove(String path) throws IOException;

    /** Every file below a path, sorted. */
    List<String> files(String path) throws IOException;

    /** The names directly below a path, sorted. */
    List<String> children(String path) throws IOException;

    @Override
    void close();
}
