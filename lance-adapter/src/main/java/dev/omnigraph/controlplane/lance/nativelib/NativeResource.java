package dev.omnigraph.controlplane.lance.nativelib;

import java.io.IOException;
import java.io.InputStream;
import java.net.JarURLConnection;
import java.net.URL;
import java.util.HexFormat;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;

/**
 * A native library inside a jar.
 *
 * @param size unpacked, in bytes
 * @param checksum the CRC-32 that the jar's directory has for it
 */
record NativeResource(URL url, String fileName, long size, long checksum) {

    /** Reads the jar's directory; the library itself is not read. */
    static NativeResource at(URL url) throws IOException {
        if (!(url.openConnection() instanceof JarURLConnection connection)) {
            throw new IOException(url + " is not inside a jar");
        }
        // Without the shared cache this jar is ours to close.
        connection.setUseCaches(false);
        try (JarFile jar = connection.getJarFile()) {
            JarEntry entry = jar.getJarEntry(connection.getEntryName());
            String name = entry.getName().substring(entry.getName().lastIndexOf('/') + 1);
            return new NativeResource(url, name, entry.getSize(), entry.getCrc());
        }
    }

    InputStream open() throws IOException {
        return url.openStream();
    }

    /** Differs from the name of any other content: {@code liblance_jni-1a2b3c4d-181359552.so}. */
    String cachedName() {
        int dot = fileName.lastIndexOf('.');
        return fileName.substring(0, dot) + "-" + HexFormat.of().toHexDigits((int) checksum) + "-" + size
                + fileName.substring(dot);
    }
}
