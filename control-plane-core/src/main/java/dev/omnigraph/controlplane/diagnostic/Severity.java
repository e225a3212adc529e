package dev.omnigraph.controlplane.diagnostic;

import java.util.Locale;

/** How much a finding weighs: an error makes the answer {@code ok: false}, a warning does not. */
public enum Severity {
    ERROR,
    WARNING;

    /** The word of the wire format. */
    public String wire() {
        return name().toLowerCase(Locale.ROOT);
    }
}
