package dev.omnigraph.controlplane.operation;

import java.time.Instant;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * Which operations a page is about. Empty parts let everything through.
 *
 * @param since submitted then or later
 * @param until submitted before
 */
public record OperationFilter(
        Optional<OperationState> state,
        Optional<String> command,
        Optional<String> actor,
        Optional<OperationOutcome> outcome,
        Optional<Instant> since,
        Optional<Instant> until) {

    /** Every operation. */
    public static OperationFilter all() {
        return new OperationFilter(
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty());
    }

    boolean admits(OperationRecord operation) {
        OperationSubmission submission = operation.submission();
        return admits(state, wanted -> wanted == operation.state())
                && admits(command, wanted -> wanted.equals(submission.command()))
                && admits(
                        actor,
                        wanted -> submission.actor().filter(wanted::equals).isPresent())
                && admits(
                        outcome,
                        wanted -> operation
                                .ended()
                                .filter(ended -> ended.ending().outcome() == wanted)
                                .isPresent())
                && admits(since, wanted -> !submission.submittedAt().isBefore(wanted))
                && admits(until, wanted -> submission.submittedAt().isBefore(wanted));
    }

    private static <T> boolean admits(Optional<T> wanted, Predicate<T> condition) {
        return wanted.map(condition::test).orElse(true);
    }
}
