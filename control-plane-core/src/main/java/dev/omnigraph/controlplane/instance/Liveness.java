package dev.omnigraph.controlplane.instance;

import java.util.Locale;

/** Whether a process is at work, as this process sees it. */
public enum Liveness {
    /** It gave a sign of life lately. */
    ALIVE,
    /** It was not watched for long enough to tell; until then it counts as alive. */
    NOT_KNOWN_YET,
    /** It gave no sign of life for longer than a living process would. */
    SILENT,
    /** It said that it ended. */
    STOPPED;

    /** Whether it may still be at work. */
    public boolean mayBeAtWork() {
        return this == ALIVE || this == NOT_KNOWN_YET;
    }

    /** As it stands in answers. */
    public String wire() {
        return name().toLowerCase(Locale.ROOT);
    }
}
