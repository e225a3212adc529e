package dev.omnigraph.controlplane.operation;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** Where an operation is in its life. The last four are final: nothing leaves them. */
public enum OperationState {
    QUEUED,
    RUNNING,
    SUCCEEDED,
    FAILED,
    CANCELLED,
    INTERRUPTED;

    public boolean isFinal() {
        return switch (this) {
            case QUEUED, RUNNING -> false;
            case SUCCEEDED, FAILED, CANCELLED, INTERRUPTED -> true;
        };
    }

    /** The word of the wire format. */
    public String wire() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** The state of that name, if there is one. */
    public static Optional<OperationState> named(String wire) {
        return Arrays.stream(values())
                .filter(state -> state.wire().equals(wire))
                .findFirst();
    }
}
