package dev.omnigraph.controlplane.fault;

/** Called at each {@link FaultPoint}. In production nothing happens there. Thread-safe. */
@FunctionalInterface
public interface FaultPoints {

    /** No point is armed. */
    FaultPoints NONE = point -> {};

    /**
     * A run has come to this point.
     *
     * @throws LostAnswerException when the point is armed to lose the answer of the effect before it
     * @throws InjectedFaultException when the point is armed to fail
     */
    void reach(FaultPoint point);
}
