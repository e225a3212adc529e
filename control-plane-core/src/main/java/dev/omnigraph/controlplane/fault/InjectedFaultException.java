package dev.omnigraph.controlplane.fault;

/** An armed fault point was reached. */
public final class InjectedFaultException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final FaultPoint point;

    public InjectedFaultException(FaultPoint point) {
        super("the fault point " + point.wire() + " is armed");
        this.point = point;
    }

    public FaultPoint point() {
        return point;
    }
}
