package dev.omnigraph.controlplane.inspection;

import dev.omnigraph.controlplane.diagnostic.Diagnostic;
import java.util.List;

/**
 * The graphs of a cluster by id.
 *
 * @param diagnostics what hides a part of the picture: a configuration or a ledger that cannot be used
 */
public record Inspection(List<InspectedGraph> graphs, List<Diagnostic> diagnostics) {

    public Inspection {
        graphs = List.copyOf(graphs);
        diagnostics = List.copyOf(diagnostics);
    }
}
