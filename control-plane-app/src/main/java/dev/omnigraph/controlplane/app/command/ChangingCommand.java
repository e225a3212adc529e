package dev.omnigraph.controlplane.app.command;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** The commands that become operations. */
public enum ChangingCommand {
    APPLY,
    IMPORT,
    REFRESH,
    APPROVE,
    REVOKE,
    DISCARD,
    QUARANTINE,
    RETENTION;

    /** The word of operation records. */
    public String wire() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** The command of that word, if there is one. */
    public static Optional<ChangingCommand> named(String wire) {
        return Arrays.stream(values())
                .filter(command -> command.wire().equals(wire))
                .findFirst();
    }
}
