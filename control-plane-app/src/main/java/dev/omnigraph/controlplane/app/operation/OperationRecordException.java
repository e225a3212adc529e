package dev.omnigraph.controlplane.app.operation;

/** A transition of an operation's record could not be stored. The work ends before its next effect. */
public final class OperationRecordException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final boolean taken;

    /** @param taken whether the record is certainly not ours any more */
    OperationRecordException(String message, boolean taken) {
        super(message);
        this.taken = taken;
    }

    boolean taken() {
        return taken;
    }
}
