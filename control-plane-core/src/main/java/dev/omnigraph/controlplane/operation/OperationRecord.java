package dev.omnigraph.controlplane.operation;

import java.time.Instant;
import java.util.Optional;

/**
 * An accepted command and what became of it: queued, then running, then one of four endings. Immutable; each transition
 * gives a new record, and {@link OperationStore} stores it only over the one it came from.
 */
public record OperationRecord(OperationSubmission submission, OperationLife life, OperationTrace trace) {

    /** An operation that waits for its turn. */
    public static OperationRecord queued(OperationSubmission submission) {
        return new OperationRecord(submission, new OperationLife.Queued(), OperationTrace.empty());
    }

    public String id() {
        return submission.id();
    }

    public OperationState state() {
        return life.state();
    }

    /** How it ended; empty until it has. */
    public Optional<OperationLife.Ended> ended() {
        return life instanceof OperationLife.Ended ended ? Optional.of(ended) : Optional.empty();
    }

    /**
     * It begins. To be stored before its first effect.
     *
     * @throws IllegalStateException unless it is queued
     */
    public OperationRecord started(Instant now) {
        require(life instanceof OperationLife.Queued, "begin");
        return new OperationRecord(submission, new OperationLife.Running(now, Optional.empty()), trace);
    }

    /**
     * Somebody asks it to stop before its next graph-moving step.
     *
     * @throws IllegalStateException unless it is running
     */
    public OperationRecord cancelRequested(Instant now) {
        require(life instanceof OperationLife.Running, "be asked to stop");
        return new OperationRecord(
                submission, new OperationLife.Running(life.startedAt().orElseThrow(), Optional.of(now)), trace);
    }

    /** When it was asked to stop, while it runs. */
    public Optional<Instant> cancelRequestedAt() {
        return life instanceof OperationLife.Running running ? running.cancelRequestedAt() : Optional.empty();
    }

    /** Whether another record is this one, but for somebody having asked it to stop. */
    public boolean isSameButForCancelling(OperationRecord other) {
        return withoutCancelling().equals(other.withoutCancelling());
    }

    private OperationRecord withoutCancelling() {
        return life instanceof OperationLife.Running running
                ? new OperationRecord(submission, new OperationLife.Running(running.begun(), Optional.empty()), trace)
                : this;
    }

    /**
     * It has done, or is about to do, something that later readers must know of.
     *
     * @throws IllegalStateException unless it is running
     */
    public OperationRecord traced(OperationTrace next) {
        require(life instanceof OperationLife.Running, "do anything");
        return new OperationRecord(submission, life, next);
    }

    /**
     * It is over. A waiting operation can only be cancelled or interrupted: what never began neither succeeds nor fails
     * by its own doing.
     *
     * @throws IllegalStateException when it is over already, or waits and is to end otherwise
     */
    public OperationRecord ended(Instant now, OperationEnding ending) {
        boolean ranBefore = life instanceof OperationLife.Running;
        boolean endsUnbegun =
                ending.state() == OperationState.CANCELLED || ending.state() == OperationState.INTERRUPTED;
        require(
                ranBefore || (life instanceof OperationLife.Queued && endsUnbegun),
                "end as " + ending.state().wire());
        return new OperationRecord(submission, new OperationLife.Ended(life.startedAt(), now, ending), trace);
    }

    private void require(boolean allowed, String step) {
        if (!allowed) {
            throw new IllegalStateException("operation " + id() + " is " + state().wire() + " and cannot " + step);
        }
    }
}
