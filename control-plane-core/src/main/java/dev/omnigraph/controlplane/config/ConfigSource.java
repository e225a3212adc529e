package dev.omnigraph.controlplane.config;

import java.nio.file.Path;
import java.util.Optional;

/**
 * Where a configuration is read from: a folder, or the files of an uploaded bundle. One source serves one request: it
 * reads each file at most once and answers from memory after that, so that digests and contents are of the same read.
 * Reading never throws for what it finds; the outcome says it. Not thread-safe.
 */
public interface ConfigSource {

    /** Whether there is a folder at all. */
    boolean exists();

    /** The folder as it was given, for messages and answers. */
    String displayRoot();

    /** The folder on this machine; empty for a bundle. */
    Optional<Path> folder();

    /**
     * The content of a file.
     *
     * @param declared the path as the configuration spells it; a relative one starts at the folder
     */
    FileRead read(String declared, SourceScope scope);

    /**
     * What lies directly in a folder, without looking at it.
     *
     * @param declared as for {@link #read}
     */
    FolderListing list(String declared, SourceScope scope);

    /** The path that people see: the declared spelling below the folder as given (control-plane.md 2.9). */
    default String displayPath(String declared) {
        return join(displayRoot(), declared);
    }

    /** A path below another one, both in their own spelling; an absolute path stays what it is. */
    static String join(String folder, String path) {
        if (path.startsWith("/") || folder.isEmpty()) {
            return path;
        }
        return folder.endsWith("/") ? folder + path : folder + "/" + path;
    }
}
