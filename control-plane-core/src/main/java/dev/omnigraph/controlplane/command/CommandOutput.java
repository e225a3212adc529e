package dev.omnigraph.controlplane.command;

import dev.omnigraph.controlplane.diagnostic.Diagnostic;
import dev.omnigraph.controlplane.json.JsonObject;
import java.util.List;

/** What a command answers (control-plane.md 7). */
public interface CommandOutput {

    /** Whether the command did what it is for: no diagnostic is an error. Says nothing about convergence. */
    default boolean ok() {
        return diagnostics().stream().noneMatch(Diagnostic::isError);
    }

    /** Findings in the order in which they were made. */
    List<Diagnostic> diagnostics();

    /** The whole answer with its keys in wire order. */
    JsonObject toJson();
}
