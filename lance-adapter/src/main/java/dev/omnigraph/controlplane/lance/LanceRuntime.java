package dev.omnigraph.controlplane.lance;

import dev.omnigraph.controlplane.lance.nativelib.NativeLibraries;
import dev.omnigraph.controlplane.lance.nativelib.UnsupportedPlatformException;
import java.nio.ByteBuffer;
import org.apache.arrow.c.jni.JniLoader;
import org.apache.arrow.memory.RootAllocator;
import org.lance.Dataset;

/** What has to hold before Lance and Arrow can be used, checked once and early, with a message that says what to do. */
final class LanceRuntime {

    private static final String NATIVE_FOLDER = "/nativelib";
    private static final String NATIVE_NAME = "lance_jni";

    private LanceRuntime() {}

    /**
     * The allocator of one engine.
     *
     * @throws UnsupportedPlatformException when this process cannot run Lance
     */
    static RootAllocator start() {
        requireOpenBuffers();
        NativeLibraries.load(Dataset.class, NATIVE_FOLDER, NATIVE_NAME);
        loadArrow();
        return new RootAllocator();
    }

    /** Arrow sets the address field of direct buffers, which the platform has closed. */
    private static void requireOpenBuffers() {
        if (!ByteBuffer.class.getModule().isOpen("java.nio", RootAllocator.class.getModule())) {
            throw new UnsupportedPlatformException("Arrow needs the package java.nio opened: start the virtual machine"
                    + " with --add-opens=java.base/java.nio=ALL-UNNAMED, or use java -jar with the service's own jar,"
                    + " which says so in its manifest.");
        }
    }

    /** Arrow unpacks a library of some 40 KB to the folder for temporary files. */
    private static void loadArrow() {
        try {
            JniLoader.get().ensureLoaded();
        } catch (IllegalStateException | UnsatisfiedLinkError e) {
            throw new UnsupportedPlatformException(
                    "the native library of Arrow cannot be loaded from " + System.getProperty("java.io.tmpdir") + ": "
                            + e.getMessage() + ". That folder must be writable and allow execution;"
                            + " -Djava.io.tmpdir names another.",
                    e);
        }
    }
}
