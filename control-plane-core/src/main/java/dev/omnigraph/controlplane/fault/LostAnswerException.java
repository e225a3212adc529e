package dev.omnigraph.controlplane.fault;

/**
 * At an armed fault point the effect is done and its answer is lost. Around a store's calls this becomes the outcome
 * unknown; elsewhere whoever asked for the effect ends as after a failure, and must not take it for done or for not done.
 */
public final class LostAnswerException extends InjectedFaultException {

    private static final long serialVersionUID = 1L;

    public LostAnswerException(FaultPoint point) {
        super(point, "the answer is lost at the fault point " + point.wire());
    }
}
