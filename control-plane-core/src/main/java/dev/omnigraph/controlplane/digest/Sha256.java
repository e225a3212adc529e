package dev.omnigraph.controlplane.digest;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/** SHA-256 in the two spellings of the format: bare lowercase hex, and with the prefix {@code sha256:}. */
public final class Sha256 {

    private static final String PREFIX = "sha256:";

    private Sha256() {}

    /** 64 lowercase hex digits. */
    public static String hex(byte[] bytes) {
        return HexFormat.of().formatHex(newDigest().digest(bytes));
    }

    /** 64 lowercase hex digits over the UTF-8 bytes of the text. */
    public static String hex(String text) {
        return hex(text.getBytes(StandardCharsets.UTF_8));
    }

    /** {@code sha256:} and 64 lowercase hex digits: the form of the ledger's token and of schema hashes. */
    public static String prefixed(byte[] bytes) {
        return PREFIX + hex(bytes);
    }

    private static MessageDigest newDigest() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }
}
