package dev.omnigraph.controlplane.operation;

import dev.omnigraph.controlplane.json.JsonObject;
import java.util.Optional;

/**
 * How an operation ended.
 *
 * @param state a final state
 * @param converged whether nothing is left to do; empty where the command does not say
 * @param problem there for every operation that failed or was interrupted
 * @param result the command's output, where it produced one
 */
public record OperationEnding(
        OperationState state,
        OperationOutcome outcome,
        Optional<Boolean> converged,
        Optional<OperationProblem> problem,
        Optional<JsonObject> result) {

    public OperationEnding {
        if (!state.isFinal()) {
            throw new IllegalArgumentException("an operation does not end as " + state.wire());
        }
        if (state == OperationState.FAILED && problem.isEmpty()) {
            throw new IllegalArgumentException("a failed operation says why");
        }
    }

    /** Stopped before it began. */
    public static OperationEnding cancelledInQueue() {
        return new OperationEnding(
                OperationState.CANCELLED,
                OperationOutcome.CANCELLED,
                Optional.empty(),
                Optional.empty(),
                Optional.empty());
    }

    public static OperationEnding interrupted(OperationProblem problem) {
        return new OperationEnding(
                OperationState.INTERRUPTED,
                OperationOutcome.INTERRUPTED,
                Optional.empty(),
                Optional.of(problem),
                Optional.empty());
    }

    /** Ended without an output of the command. */
    public static OperationEnding failed(OperationOutcome outcome, OperationProblem problem) {
        return new OperationEnding(
                OperationState.FAILED, outcome, Optional.empty(), Optional.of(problem), Optional.empty());
    }
}
