package dev.omnigraph.controlplane.plan;

import java.util.Locale;

/** What happens to the record of a resource. */
public enum ChangeOperation {
    CREATE,
    UPDATE,
    DELETE;

    /** The word of the wire format. */
    public String wire() {
        return name().toLowerCase(Locale.ROOT);
    }
}
