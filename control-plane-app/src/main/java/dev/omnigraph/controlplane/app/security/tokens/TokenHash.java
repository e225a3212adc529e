package dev.omnigraph.controlplane.app.security.tokens;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What is kept of a secret: the SHA-256 of a salt and the secret. A slow hash would add nothing, because the secrets are
 * 256 random bits and no words that one could try, and each request pays for it.
 *
 * @param salt lowercase hex
 * @param hash lowercase hex
 */
record TokenHash(String salt, String hash) {

    private static final Pattern FORM = Pattern.compile("sha256:([0-9a-f]{32}):([0-9a-f]{64})");

    static TokenHash of(String secret, byte[] salt) {
        HexFormat hex = HexFormat.of();
        return new TokenHash(hex.formatHex(salt), hex.formatHex(digest(salt, secret)));
    }

    static Optional<TokenHash> parse(String text) {
        Matcher form = FORM.matcher(text);
        return form.matches() ? Optional.of(new TokenHash(form.group(1), form.group(2))) : Optional.empty();
    }

    /** Takes the same time wherever the two differ. */
    boolean matches(String secret) {
        HexFormat hex = HexFormat.of();
        return MessageDigest.isEqual(hex.parseHex(hash), digest(hex.parseHex(salt), secret));
    }

    String text() {
        return "sha256:" + salt + ":" + hash;
    }

    private static byte[] digest(byte[] salt, String secret) {
        try {
            MessageDigest sha256 = MessageDigest.getInstance("SHA-256");
            sha256.update(salt);
            return sha256.digest(secret.getBytes(StandardCharsets.UTF_8));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }
}
