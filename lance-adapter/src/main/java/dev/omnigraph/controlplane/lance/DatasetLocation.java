package dev.omnigraph.controlplane.lance;

import java.io.IOException;
import java.util.Map;
import java.util.Optional;

/**
 * A place below a graph's root: a dataset, or what datasets lie below. It is what Lance is told, and what this module looks
 * at itself beside Lance. Immutable.
 */
sealed interface DatasetLocation permits FolderLocation, BucketLocation {

    /** The place of a relative path below this one. */
    DatasetLocation resolve(String path);

    /** What Lance and the engine's sidecars call the place: an absolute path, or an {@code s3://} URI. */
    String uri();

    /**
     * What Lance has to know beside the URI. It has credentials in it: for Lance alone, never for a message.
     *
     * @throws IOException where there are no credentials at present
     */
    Map<String, String> storageOptions() throws IOException;

    /** Whether anything is stored there. */
    boolean isPresent() throws IOException;

    /** The file that describes a version of the dataset here, which need not be there. */
    VersionFile version(long version);

    /** The newest version of the dataset here; empty where there is none. */
    Optional<VersionFile> newestVersion() throws IOException;

    /** Whether another spelling names this place. */
    boolean isCalled(String otherUri) throws IOException;

    /** Removes whatever is stored there. */
    void remove() throws IOException;
}
