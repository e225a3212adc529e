package dev.omnigraph.controlplane.storage;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
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
        try {
            return Optional.of(StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(bytes))
                    .toString());
        } catch (CharacterCodingException e) {
            return Optional.empty();
        }
    }
}
