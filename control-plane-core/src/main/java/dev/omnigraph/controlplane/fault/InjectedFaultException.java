package dev.omnigraph.controlplane.fault;

import java.util.Objects;

/** An armed fault point was reached. */
public sealed class InjectedFaultException extends RuntimeException permits LostAnswerException {

    private static final long serialVersionUID = 1L;

    private final FaultPoint point;

    public InjectedFaultException(FaultPoint point) {
        this(point, "the fault point " + point.wire() + " is armed");
    }

    InjectedFaultException(FaultPoint point, String message) {
        super(message);
        this.point = point;
    }

    public FaultPoint point() {
        return point;
    }

    @Override
    public String getMessage() {
        return Objects.requireNonNull(super.getMessage());
    }
}
