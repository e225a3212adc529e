package dev.omnigraph.controlplane.config;

/** What a load of a configuration may do. */
public record LoadOptions(SourceScope scope) {

    /** Sources outside the configuration folder are refused. */
    public static final LoadOptions CONFINED = new LoadOptions(SourceScope.CONFIG_FOLDER);
}
