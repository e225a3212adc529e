package dev.omnigraph.controlplane.ledger;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Names an earlier ledger.
 *
 * @param revision unsigned
 * @param documentDigest the bare SHA-256 of its document
 */
public record PastLedger(long revision, String documentDigest) {

    private static final Pattern NAME = Pattern.compile("(0|[1-9][0-9]{0,19})-([0-9a-f]{64})");
    private static final String SUFFIX = ".json";

    /** The ledger of that name, {@code <revision>-<digest>}, if the text is one. */
    public static Optional<PastLedger> named(String text) {
        Matcher name = NAME.matcher(text);
        if (!name.matches()) {
            return Optional.empty();
        }
        try {
            return Optional.of(new PastLedger(Long.parseUnsignedLong(name.group(1)), name.group(2)));
        } catch (NumberFormatException e) {
            return Optional.empty(); // twenty digits, but more than the largest revision
        }
    }

    public String name() {
        return Long.toUnsignedString(revision) + "-" + documentDigest;
    }

    static Optional<PastLedger> ofFile(String name) {
        return name.endsWith(SUFFIX) ? named(name.substring(0, name.length() - SUFFIX.length())) : Optional.empty();
    }
}
