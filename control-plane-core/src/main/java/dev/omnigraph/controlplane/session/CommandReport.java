package dev.omnigraph.controlplane.session;

import dev.omnigraph.controlplane.diagnostic.Diagnostic;
import dev.omnigraph.controlplane.diagnostic.DiagnosticCode;
import dev.omnigraph.controlplane.fault.InjectedFaultException;
import dev.omnigraph.controlplane.fault.LostAnswerException;
import dev.omnigraph.controlplane.storage.StorageRoot;
import dev.omnigraph.controlplane.storage.StorageUnavailableException;
import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;

/** What one command has found so far. Not thread-safe. */
public final class CommandReport {

    private final List<Diagnostic> diagnostics = new ArrayList<>();
    private StateObservations observations;

    public CommandReport(StorageRoot root) {
        observations = StateObservations.none(root);
    }

    public void add(Diagnostic diagnostic) {
        diagnostics.add(diagnostic);
    }

    public void add(DiagnosticCode code, String path, String message) {
        diagnostics.add(Diagnostic.of(code, path, message));
    }

    public void addAll(List<Diagnostic> more) {
        diagnostics.addAll(more);
    }

    /** The storage did not answer: the command ends here. */
    public void add(StorageUnavailableException unavailable) {
        add(
                DiagnosticCode.STORAGE_UNAVAILABLE,
                "storage",
                unavailable.getMessage() + "; nothing more was decided and nothing more was written");
    }

    /** An armed fault point ended the command. */
    public void add(InjectedFaultException fault) {
        add(
                fault instanceof LostAnswerException
                        ? DiagnosticCode.STORAGE_UNAVAILABLE
                        : DiagnosticCode.INJECTED_FAILPOINT,
                fault.point().wire(),
                fault.getMessage() + "; the command ended there");
    }

    /** Gives the findings so far another severity, or leaves it. */
    public void regrade(UnaryOperator<Diagnostic> severity) {
        diagnostics.replaceAll(severity);
    }

    public boolean hasErrors() {
        return diagnostics.stream().anyMatch(Diagnostic::isError);
    }

    public List<Diagnostic> diagnostics() {
        return List.copyOf(diagnostics);
    }

    public void observe(UnaryOperator<StateObservations> change) {
        observations = change.apply(observations);
    }

    public StateObservations observations() {
        return observations;
    }
}
