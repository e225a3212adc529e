package dev.omnigraph.controlplane.app.settings;

/** How much the service trusts whoever reaches it. */
public enum Mode {
    /** Every request is authenticated. */
    PRODUCTION,
    /** For one's own machine: loopback only, a bearer token is taken as the name of someone who may do everything. */
    DEV
}
