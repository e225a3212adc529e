package io.questdb.jar.jni;

import dev.omnigraph.controlplane.lance.nativelib.NativeLibraries;

/**
 * Stands in for the loader that Lance brings, which unpacks the library to a temporary file at each start. Lance's own
 * class initialiser calls this type by this name; it keeps one unpacked copy instead.
 */
public interface JarJniLoader {

    /**
     * Loads a library that lies in the jar of a class.
     *
     * @param owner a class of the jar that holds the library
     * @param resourceFolder absolute folder inside the jar, with one folder for each platform below it
     * @param name the library's name without prefix and suffix
     */
    static <T> void loadLib(Class<T> owner, String resourceFolder, String name) {
        NativeLibraries.load(owner, resourceFolder, name);
    }
}
