package dev.omnigraph.controlplane.ledger;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** The operations that move a graph, each of which leaves a sidecar before it begins. */
public enum SidecarKind {
    GRAPH_CREATE,
    SCHEMA_APPLY,
    GRAPH_DELETE;

    /** The word of the stored document. */
    public String wire() {
        return name().toLowerCase(Locale.ROOT);
    }

    static Optional<SidecarKind> fromWire(String word) {
        return Arrays.stream(values()).filter(kind -> kind.wire().equals(word)).findFirst();
    }
}
