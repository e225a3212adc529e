package dev.omnigraph.controlplane.app.command;

import dev.omnigraph.controlplane.config.ConfigLoad;
import dev.omnigraph.controlplane.desired.ConfigurationName;
import java.util.Optional;

/**
 * A configuration as a request found it; whatever is done for the request is done with this.
 *
 * @param stored its name; empty for the configuration folder
 */
public record PinnedConfiguration(Optional<ConfigurationName> stored, ConfigLoad load) {}
