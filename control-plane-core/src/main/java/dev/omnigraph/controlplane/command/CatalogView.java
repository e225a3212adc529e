package dev.omnigraph.controlplane.command;

import dev.omnigraph.controlplane.diagnostic.Diagnostic;
import java.util.List;
import java.util.Optional;

/**
 * Every catalog copy, held against its digest.
 *
 * @param stateCas the token of the ledger that names them; empty where there is no usable one
 * @param findings empty where all are whole
 */
public record CatalogView(Optional<String> stateCas, List<Diagnostic> findings) {

    public CatalogView {
        findings = List.copyOf(findings);
    }
}
