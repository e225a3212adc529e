package dev.omnigraph.controlplane.config;

import dev.omnigraph.controlplane.diagnostic.Diagnostic;
import java.util.List;
import java.util.Optional;

/**
 * What came of loading only what a configuration says of the cluster itself.
 *
 * @param configDir the configuration folder as it was given
 * @param header empty where the text is no configuration at all; with errors, what could be made of it
 * @param diagnostics in the order in which they were found
 */
public record HeaderLoad(String configDir, Optional<ClusterHeader> header, List<Diagnostic> diagnostics) {

    public HeaderLoad {
        diagnostics = List.copyOf(diagnostics);
    }

    /** {@code storage:} as declared, where the text is a configuration. */
    public Optional<String> declaredStorage() {
        return header.flatMap(ClusterHeader::declaredStorage);
    }

    public boolean hasErrors() {
        return diagnostics.stream().anyMatch(Diagnostic::isError);
    }
}
