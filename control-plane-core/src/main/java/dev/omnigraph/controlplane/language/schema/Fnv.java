package dev.omnigraph.controlplane.language.schema;

import java.nio.charset.StandardCharsets;

/** FNV-1a over the UTF-8 bytes of a text (schema-language.md 6 and 7.3). */
final class Fnv {

    private static final int OFFSET_32 = 0x811c9dc5;
    private static final int PRIME_32 = 0x01000193;
    private static final long OFFSET_64 = 0xcbf29ce484222325L;
    private static final long PRIME_64 = 0x100000001b3L;

    private Fnv() {}

    /** The 32-bit hash as an unsigned number. */
    static long hash32(String text) {
        int hash = OFFSET_32;
        for (byte b : text.getBytes(StandardCharsets.UTF_8)) {
            hash = (hash ^ Byte.toUnsignedInt(b)) * PRIME_32;
        }
        return Integer.toUnsignedLong(hash);
    }

    /** The 64-bit hash as 16 lower-case hex digits. */
    static String hex64(String text) {
        long hash = OFFSET_64;
        for (byte b : text.getBytes(StandardCharsets.UTF_8)) {
            hash = (hash ^ Byte.toUnsignedLong(b)) * PRIME_64;
        }
        return String.format("%016x", hash);
    }
}
