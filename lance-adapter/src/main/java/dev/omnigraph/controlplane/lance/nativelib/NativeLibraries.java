package dev.omnigraph.controlplane.lance.nativelib;

import java.io.IOException;
import java.net.URL;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Loads the native library of Lance from a cache that outlives the process: {@value #CACHE_PROPERTY}, else
 * {@code $XDG_CACHE_HOME} or {@code ~/.cache}, there {@code omnigraph-control-plane}. Unpacking takes seconds and
 * happens once for each version and platform; loading takes milliseconds.
 */
public final class NativeLibraries {

    /** The system property that names the cache folder, absolute. */
    public static final String CACHE_PROPERTY = "omnigraph.native-cache";

    /** The version of lance-core that this module is built and tested with. */
    public static final String LANCE_VERSION = "7.0.0";

    private static final String CACHE_NAME = "omnigraph-control-plane";

    private NativeLibraries() {}

    /**
     * Loads a library that lies in the jar of a class; repeating it does nothing.
     *
     * @throws UnsupportedPlatformException when there is none for this platform, or it cannot be unpacked or loaded
     */
    public static void load(Class<?> owner, String resourceFolder, String name) {
        NativePlatform platform = NativePlatform.current();
        URL url = owner.getResource(resourceFolder + "/" + platform.folder() + "/" + System.mapLibraryName(name));
        if (url == null) {
            throw new UnsupportedPlatformException("Lance has no native code for " + platform.folder()
                    + " on the class path. Supported are " + NativePlatform.SUPPORTED + ".");
        }
        Path library = unpacked(url, cacheFolder(platform));
        try {
            System.load(library.toString());
        } catch (UnsatisfiedLinkError e) {
            throw new UnsupportedPlatformException(
                    "the native library of Lance, " + library + ", cannot be loaded: " + e.getMessage()
                            + ". Supported are " + NativePlatform.SUPPORTED + " (not musl), and the file system of "
                            + library.getParent() + " must allow execution; -D" + CACHE_PROPERTY
                            + " moves the folder.",
                    e);
        }
    }

    private static Path unpacked(URL url, Path folder) {
        try {
            return new NativeLibraryCache(folder).provide(NativeResource.at(url));
        } catch (IOException e) {
            throw new UnsupportedPlatformException(
                    "the native library of Lance cannot be kept in " + folder + ": " + e.getMessage()
                            + ". Name another folder, which only this user can write, by -D" + CACHE_PROPERTY + ".",
                    e);
        }
    }

    private static Path cacheFolder(NativePlatform platform) {
        return cacheRoot().resolve("lance-" + LANCE_VERSION + "-" + platform.folder());
    }

    private static Path cacheRoot() {
        String configured = System.getProperty(CACHE_PROPERTY);
        if (configured != null) {
            return absolute(configured)
                    .orElseThrow(() -> new UnsupportedPlatformException("-D" + CACHE_PROPERTY + "=" + configured
                            + " is no absolute path of a folder. Name one that only this user can write."));
        }
        return absolute(System.getenv("XDG_CACHE_HOME"))
                .or(() -> absolute(System.getProperty("user.home")).map(home -> home.resolve(".cache")))
                .map(cache -> cache.resolve(CACHE_NAME))
                .orElseThrow(() -> new UnsupportedPlatformException(
                        "this user has no home folder for the native library of Lance. Name an absolute folder by -D"
                                + CACHE_PROPERTY + "."));
    }

    private static Optional<Path> absolute(@Nullable String location) {
        try {
            return Optional.ofNullable(location).map(Path::of).filter(Path::isAbsolute);
        } catch (InvalidPathException e) {
            return Optional.empty();
        }
    }
}
