package dev.omnigraph.controlplane.config;

import dev.omnigraph.controlplane.diagnostic.Diagnostic;
import java.util.List;
import java.util.Optional;

/**
 * What came of loading a configuration.
 *
 * @param configDir the configuration folder as it was given
 * @param configFile its cluster.yaml, in the same spelling
 * @param desired empty where the text is no configuration at all; with errors, what could be made of it
 * @param diagnostics in the order in which they were found
 */
public record ConfigLoad(
        String configDir, String configFile, Optional<DesiredCluster> desired, List<Diagnostic> diagnostics) {

    public ConfigLoad {
        diagnostics = List.copyOf(diagnostics);
    }

    public boolean hasErrors() {
        return diagnostics.stream().anyMatch(Diagnostic::isError);
    }
}
