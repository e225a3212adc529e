package dev.omnigraph.controlplane.app.settings;

/** What a request is about that names no configuration. */
public enum ConfigurationSource {
    /** The folder the service was started with. */
    FOLDER,

    /** The head of the stored configurations. */
    STORED
}
