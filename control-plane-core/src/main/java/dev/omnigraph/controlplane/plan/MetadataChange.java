package dev.omnigraph.controlplane.plan;

import java.util.Locale;

/** What changes where the digest of a resource stays (control-plane.md 8.2). */
public enum MetadataChange {
    POLICY_BINDINGS,
    EMBEDDING_PROFILE;

    /** The word of the wire format. */
    public String wire() {
        return name().toLowerCase(Locale.ROOT);
    }
}
