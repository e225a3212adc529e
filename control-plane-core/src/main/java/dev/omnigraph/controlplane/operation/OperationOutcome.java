package dev.omnigraph.controlplane.operation;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** What an operation came to, in the one word that a script branches on. Written with the last transition. */
public enum OperationOutcome {
    /** All that the command set out to do is done. */
    CONVERGED,
    /** Something moved, but not all. */
    PARTIALLY_CONVERGED,
    /** Nothing moved: an approval or a gate is missing. */
    BLOCKED,
    /** Nothing moved: the command was not let in, for example because someone holds the lock. */
    REFUSED,
    /** A sidecar of this operation is pending; the next command sweeps it. */
    RECOVERY_REQUIRED,
    /** Nothing moved, because of an error. */
    FAILED,
    CANCELLED,
    /** The process that ran it ended before it did. */
    INTERRUPTED;

    /** The word of the wire format. */
    public String wire() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** The outcome of that name, if there is one. */
    public static Optional<OperationOutcome> named(String wire) {
        return Arrays.stream(values())
                .filter(outcome -> outcome.wire().equals(wire))
                .findFirst();
    }
}
