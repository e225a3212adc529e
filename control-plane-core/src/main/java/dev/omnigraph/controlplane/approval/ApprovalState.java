package dev.omnigraph.controlplane.approval;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** What has become of a decision. */
public enum ApprovalState {
    /** An approval that nobody has used. */
    PENDING,
    /** The same, but it is not for the change as it is now. */
    STALE,
    /** Like pending, but nobody is known to have given it here, and the settings ask for that. */
    IGNORED,
    CONSUMED,
    EXPIRED,
    REVOKED,
    /** A rejection that stands. */
    REJECTED;

    /** The word of the wire format. */
    public String wire() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** The state of that name, if there is one. */
    public static Optional<ApprovalState> named(String wire) {
        return Arrays.stream(values())
                .filter(state -> state.wire().equals(wire))
                .findFirst();
    }
}
