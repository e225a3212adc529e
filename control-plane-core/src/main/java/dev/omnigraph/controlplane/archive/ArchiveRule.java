package dev.omnigraph.controlplane.archive;

import java.util.Locale;

/** What an archive has to keep to. The limits are named as the settings that set them. */
public enum ArchiveRule {
    MAX_FILES(true),
    MAX_FILE_SIZE(true),
    MAX_TOTAL_SIZE(true),
    MAX_RATIO(true),
    MAX_DEPTH(false),
    MAX_PATH_LENGTH(false),

    /** Paths start at the folder of the configuration. */
    RELATIVE_PATHS(false),

    /** No segment of a path is empty, {@code .} or {@code ..}. */
    PLAIN_SEGMENTS(false),

    /** Paths are UTF-8 without characters that some system cannot keep or that nobody sees. */
    PATH_CHARACTERS(false),

    /** No two paths are equal, nor would be on a system that ignores case or the form of accents. */
    DISTINCT_PATHS(false),

    /** Files and folders; no links, devices, pipes or sparse files. */
    PLAIN_FILES(false),

    NOT_ENCRYPTED(false),

    /** Stored or deflated. */
    KNOWN_COMPRESSION(false),

    /** Everything in it is said once, or said the same each time; nothing lies beside it. */
    ONE_MEANING(false),

    /** It is what its media type says, whole and undamaged. */
    INTACT(false),

    /** {@code cluster.yaml} lies at its top. */
    CLUSTER_YAML(false);

    private final boolean quantity;

    ArchiveRule(boolean quantity) {
        this.quantity = quantity;
    }

    /** The name that people see. */
    public String wire() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /** Whether the archive is refused for how much it holds. */
    public boolean isQuantity() {
        return quantity;
    }
}
