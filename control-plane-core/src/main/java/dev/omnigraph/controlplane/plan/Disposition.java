package dev.omnigraph.controlplane.plan;

import java.util.Locale;

/** What an apply does with a change (control-plane.md 8.3). */
public enum Disposition {
    /** It carries the change out. */
    APPLIED,
    /** The change follows from others; nothing of its own is done. */
    DERIVED,
    /** It cannot do this kind of change. */
    DEFERRED,
    /** It could, and something stands in the way. */
    BLOCKED;

    /** The word of the wire format. */
    public String wire() {
        return name().toLowerCase(Locale.ROOT);
    }
}
