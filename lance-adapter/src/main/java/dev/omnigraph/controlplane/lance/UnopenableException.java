package dev.omnigraph.controlplane.lance;

import dev.omnigraph.controlplane.graph.GraphObservation;

/** A check of the read-only open failed. Carries what that comes to for the observer. */
final class UnopenableException extends Exception {

    private static final long serialVersionUID = 1L;

    @SuppressWarnings("serial") // thrown and caught in one process, never serialised
    private final GraphObservation outcome;

    private UnopenableException(GraphObservation outcome, String reason) {
        super(reason);
        this.outcome = outcome;
    }

    /** The storage answers, and what it holds is no graph that opens. */
    static UnopenableException notOpenable(String reason) {
        return new UnopenableException(new GraphObservation.NotOpenable(reason), reason);
    }

    /** {@link #unknown} where the cause is that the storage did not answer, else {@link #notOpenable}. */
    static UnopenableException because(String reason, Throwable cause) {
        UnopenableException unopenable = LanceFailures.isUnanswered(cause) ? unknown(reason) : notOpenable(reason);
        unopenable.initCause(cause);
        return unopenable;
    }

    /** The storage did not answer. */
    static UnopenableException unknown(String reason) {
        return new UnopenableException(new GraphObservation.Unknown(reason), reason);
    }

    GraphObservation outcome() {
        return outcome;
    }
}
