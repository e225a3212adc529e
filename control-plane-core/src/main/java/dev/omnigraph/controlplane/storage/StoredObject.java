package dev.omnigraph.controlplane.storage;

import dev.omnigraph.controlplane.digest.Utf8;
import java.util.Optional;

/**
 * An object as it was read.
 *
 * @param bytes the content; not copied, not to be changed
 */
@SuppressWarnings("ArrayRecordComponent") // read once, handed on, never compared
public record StoredObject(byte[] bytes, VersionTag tag) {

    /** The content as text; empty where it is no UTF-8. */
    public Optional<String> text() {
        return Utf8.decode(bytes);
    }
}
