package dev.omnigraph.controlplane.approval;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** What a person decided about a change. */
public enum Decision {
    APPROVE,
    /** The change must not be carried out as it was planned. */
    REJECT;

    /** The word of the wire format. */
    public String wire() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** The decision of that name, if there is one. */
    public static Optional<Decision> named(String wire) {
        return Arrays.stream(values())
                .filter(decision -> decision.wire().equals(wire))
                .findFirst();
    }
}
