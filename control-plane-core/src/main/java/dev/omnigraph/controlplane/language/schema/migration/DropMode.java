package dev.omnigraph.controlplane.language.schema.migration;

import java.util.Locale;

/** What becomes of the data that a drop leaves behind (schema-language.md 8.8). */
public enum DropMode {
    /** Earlier versions of the table stay and can be read. */
    SOFT,
    /** Earlier versions of the table are removed after the migration is published. */
    HARD;

    /** The word of the format. */
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }
}
