package dev.omnigraph.controlplane.desired;

import dev.omnigraph.controlplane.digest.Sha256;
import dev.omnigraph.controlplane.digest.Utf8Order;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.regex.Pattern;

/**
 * The name of a stored configuration, which follows from its files alone: SHA-256 over path, zero byte, the content's
 * SHA-256 in hex, zero byte of each file, in the bytewise order of the paths.
 *
 * @param hex 64 lowercase hex digits
 */
public record ConfigurationName(String hex) {

    private static final String PREFIX = "sha256:";
    private static final Pattern HEX = Pattern.compile("[0-9a-f]{64}");

    public ConfigurationName {
        if (!HEX.matcher(hex).matches()) {
            throw new IllegalArgumentException("not 64 lowercase hex digits: " + hex);
        }
    }

    /** The name of these files. */
    public static ConfigurationName of(Map<String, String> digestsByPath) {
        SortedMap<String, String> sorted = new TreeMap<>(Utf8Order.COMPARATOR);
        sorted.putAll(digestsByPath);
        StringBuilder named = new StringBuilder();
        sorted.forEach(
                (path, digest) -> named.append(path).append('\0').append(digest).append('\0'));
        return new ConfigurationName(Sha256.hex(named.toString()));
    }

    /** The name that a text is, {@code sha256:} and the digits. */
    public static Optional<ConfigurationName> parse(String text) {
        return text.startsWith(PREFIX) ? ofHex(text.substring(PREFIX.length())) : Optional.empty();
    }

    /** The name with these digits, if they are some. */
    public static Optional<ConfigurationName> ofHex(String text) {
        return HEX.matcher(text).matches() ? Optional.of(new ConfigurationName(text)) : Optional.empty();
    }

    /** {@code sha256:} and the digits. */
    public String text() {
        return PREFIX + hex;
    }

    @Override
    public String toString() {
        return text();
    }
}
