package dev.omnigraph.controlplane.operation;

import dev.omnigraph.controlplane.diagnostic.Diagnostic;
import dev.omnigraph.controlplane.diagnostic.DiagnosticCode;
import dev.omnigraph.controlplane.json.JsonObject;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * What is known of a command when it is over; it decides how the operation ends.
 *
 * @param ok whether the command did what it is for, by its own word
 * @param converged whether nothing is left to do; empty where the command does not say
 * @param moved whether it changed anything
 * @param recoveryPending whether a sidecar of this operation is still there
 * @param cancelled whether it was told to stop, and left something undone for that
 * @param diagnostics its findings
 */
public record RunSummary(
        boolean ok,
        Optional<Boolean> converged,
        boolean moved,
        boolean recoveryPending,
        boolean cancelled,
        List<Diagnostic> diagnostics) {

    /** Findings with which a command is not let in. */
    private static final Set<DiagnosticCode> REFUSALS = EnumSet.of(
            DiagnosticCode.STATE_LOCK_HELD,
            DiagnosticCode.CLUSTER_FROZEN,
            DiagnosticCode.PLAN_CHANGED,
            DiagnosticCode.ACTOR_REQUIRED,
            DiagnosticCode.POLICY_DENIED,
            DiagnosticCode.SECOND_PERSON_REQUIRED);

    public RunSummary {
        diagnostics = List.copyOf(diagnostics);
    }

    /** The ending of the operation, with the command's output. */
    public OperationEnding ending(JsonObject result) {
        return new OperationEnding(state(), outcome(), converged, problem(), Optional.of(result));
    }

    private OperationState state() {
        if (cancelled) {
            return OperationState.CANCELLED;
        }
        return ok ? OperationState.SUCCEEDED : OperationState.FAILED;
    }

    private OperationOutcome outcome() {
        if (recoveryPending) {
            return OperationOutcome.RECOVERY_REQUIRED;
        } else if (cancelled) {
            return OperationOutcome.CANCELLED;
        } else if (ok && converged.orElse(true)) {
            return OperationOutcome.CONVERGED;
        } else if (moved) {
            return OperationOutcome.PARTIALLY_CONVERGED;
        } else if (ok) {
            return OperationOutcome.BLOCKED;
        }
        return firstError().map(Diagnostic::code).filter(REFUSALS::contains).isPresent()
                ? OperationOutcome.REFUSED
                : OperationOutcome.FAILED;
    }

    private Optional<OperationProblem> problem() {
        if (ok) {
            return Optional.empty();
        }
        return Optional.of(firstError()
                .map(OperationProblem::of)
                .orElseGet(() ->
                        OperationProblem.of(DiagnosticCode.INTERNAL_ERROR, "the command failed without saying why")));
    }

    private Optional<Diagnostic> firstError() {
        return diagnostics.stream().filter(Diagnostic::isError).findFirst();
    }
}
