package dev.omnigraph.controlplane.language.schema.migration;

/** The registered codes of changes that no migration makes (schema-language.md 8.7). */
public enum ChangeCode {
    REQUIRED_PROPERTY_ADDED("OG-MF-103"),
    PROPERTY_TYPE_CHANGED("OG-MF-106");

    private final String code;

    ChangeCode(String code) {
        this.code = code;
    }

    /** The spelling of the format. */
    public String code() {
        return code;
    }
}
