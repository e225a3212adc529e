package dev.omnigraph.controlplane.app.operation;

import dev.omnigraph.controlplane.operation.OperationEnding;
import java.util.Optional;

/**
 * What the work came to.
 *
 * @param stateCasBefore the ledger's token as the command read it
 * @param stateCasAfter the ledger's token as the command left it
 */
public record OperationReport(
        OperationEnding ending, Optional<String> stateCasBefore, Optional<String> stateCasAfter) {}
