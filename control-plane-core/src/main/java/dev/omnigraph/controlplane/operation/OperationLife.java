package dev.omnigraph.controlplane.operation;

import java.time.Instant;
import java.util.Optional;

/** The part of an operation's life it is in, with the times that belong to it. */
public sealed interface OperationLife {

    OperationState state();

    /** Empty while the operation waits, and for one that never began. */
    Optional<Instant> startedAt();

    /** Accepted, durable, not begun. */
    record Queued() implements OperationLife {
        @Override
        public OperationState state() {
            return OperationState.QUEUED;
        }

        @Override
        public Optional<Instant> startedAt() {
            return Optional.empty();
        }
    }

    /**
     * Begun: effects may have happened.
     *
     * @param cancelRequestedAt when somebody asked it to stop; it does so before its next graph-moving step
     */
    record Running(Instant begun, Optional<Instant> cancelRequestedAt) implements OperationLife {
        @Override
        public OperationState state() {
            return OperationState.RUNNING;
        }

        @Override
        public Optional<Instant> startedAt() {
            return Optional.of(begun);
        }
    }

    /** Over. */
    record Ended(Optional<Instant> startedAt, Instant finishedAt, OperationEnding ending) implements OperationLife {
        @Override
        public OperationState state() {
            return ending.state();
        }
    }
}
