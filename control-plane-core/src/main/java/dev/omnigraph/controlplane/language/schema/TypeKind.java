package dev.omnigraph.controlplane.language.schema;

import java.util.Locale;

/** The three kinds of types a schema declares. */
public enum TypeKind {
    INTERFACE,
    NODE,
    EDGE;

    /** The word of the language and of all formats. */
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }
}
