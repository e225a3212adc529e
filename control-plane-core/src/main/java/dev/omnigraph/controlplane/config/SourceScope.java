package dev.omnigraph.controlplane.config;

/** How far the paths of a configuration may reach. A bundle never reaches beyond itself. */
public enum SourceScope {
    /** Only below the configuration folder, symbolic links resolved. */
    CONFIG_FOLDER,

    /** Wherever the service may read. */
    ANYWHERE
}
