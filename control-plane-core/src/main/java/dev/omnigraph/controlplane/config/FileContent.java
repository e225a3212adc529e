package dev.omnigraph.controlplane.config;

import dev.omnigraph.controlplane.digest.Sha256;
import dev.omnigraph.controlplane.digest.Utf8;
import java.util.Optional;

/** The bytes of a file as they were read, with their digest. Immutable. */
public final class FileContent {

    private final byte[] bytes;
    private final String digest;

    private FileContent(byte[] bytes) {
        this.bytes = bytes;
        this.digest = Sha256.hex(bytes);
    }

    public static FileContent of(byte[] bytes) {
        return new FileContent(bytes.clone());
    }

    /** As {@link #of}, of bytes that nobody else has. */
    public static FileContent owning(byte[] bytes) {
        return new FileContent(bytes);
    }

    /** A copy of the bytes. */
    public byte[] bytes() {
        return bytes.clone();
    }

    /** How many bytes there are. */
    public int size() {
        return bytes.length;
    }

    /** SHA-256 of the bytes in bare lowercase hex. */
    public String digest() {
        return digest;
    }

    /** The bytes as text, whose UTF-8 form is the bytes again; empty where they are not UTF-8. */
    public Optional<String> text() {
        return Utf8.decode(bytes);
    }
}
