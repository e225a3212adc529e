package dev.omnigraph.controlplane.app.api;

import dev.omnigraph.controlplane.app.command.ChangingCommand;
import dev.omnigraph.controlplane.app.problem.Problem;
import dev.omnigraph.controlplane.app.problem.ProblemCode;
import dev.omnigraph.controlplane.app.problem.ProblemException;
import dev.omnigraph.controlplane.ledger.WireTime;
import dev.omnigraph.controlplane.operation.OperationFilter;
import dev.omnigraph.controlplane.operation.OperationOutcome;
import dev.omnigraph.controlplane.operation.OperationState;
import java.time.Instant;
import java.util.Arrays;
import java.util.Optional;
import java.util.stream.Collectors;

/** The query parameters that choose operations, read strictly. */
final class OperationFilters {

    private OperationFilters() {}

    /** @throws ProblemException {@code invalid_parameter} for a value that could never match */
    static OperationFilter of(
            Optional<String> state,
            Optional<String> command,
            Optional<String> actor,
            Optional<String> outcome,
            Optional<String> since,
            Optional<String> until) {
        return new OperationFilter(
                state.map(OperationFilters::state),
                command.map(OperationFilters::command),
                actor,
                outcome.map(OperationFilters::outcome),
                since.map(text -> time("since", text)),
                until.map(text -> time("until", text)));
    }

    private static OperationState state(String wire) {
        return OperationState.named(wire)
                .orElseThrow(() -> refusal("state is one of "
                        + Arrays.stream(OperationState.values())
                                .map(OperationState::wire)
                                .collect(Collectors.joining(", "))
                        + ", not `" + wire + "`"));
    }

    private static String command(String wire) {
        return ChangingCommand.named(wire)
                .map(ChangingCommand::wire)
                .orElseThrow(() -> refusal("command is one of "
                        + Arrays.stream(ChangingCommand.values())
                                .map(ChangingCommand::wire)
                                .collect(Collectors.joining(", "))
                        + ", not `" + wire + "`"));
    }

    private static OperationOutcome outcome(String wire) {
        return OperationOutcome.named(wire)
                .orElseThrow(() -> refusal("outcome is one of "
                        + Arrays.stream(OperationOutcome.values())
                                .map(OperationOutcome::wire)
                                .collect(Collectors.joining(", "))
                        + ", not `" + wire + "`"));
    }

    private static Instant time(String name, String text) {
        return WireTime.parse(text)
                .orElseThrow(() -> refusal(name + " is a time such as 2026-01-31T12:00:00Z, not `" + text + "`"));
    }

    private static ProblemException refusal(String detail) {
        return new ProblemException(Problem.of(ProblemCode.INVALID_PARAMETER, detail));
    }
}
