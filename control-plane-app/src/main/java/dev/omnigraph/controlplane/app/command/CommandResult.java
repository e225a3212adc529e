package dev.omnigraph.controlplane.app.command;

import dev.omnigraph.controlplane.diagnostic.Diagnostic;
import dev.omnigraph.controlplane.json.JsonObject;
import java.util.List;
import java.util.Optional;

/**
 * What a changing command of core came to, whichever it was.
 *
 * @param ok whether it did what it is for
 * @param converged whether nothing is left to do; empty where it does not say
 * @param moved whether it changed anything
 * @param stateCas the ledger's token as the command left it
 * @param json its output
 */
record CommandResult(
        boolean ok,
        Optional<Boolean> converged,
        boolean moved,
        Optional<String> stateCas,
        List<Diagnostic> diagnostics,
        JsonObject json) {}
