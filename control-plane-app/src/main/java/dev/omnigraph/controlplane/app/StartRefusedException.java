package dev.omnigraph.controlplane.app;

import java.util.Objects;

/** The service does not start. Printed without a stack trace: what is wrong, and what to do. */
public final class StartRefusedException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final String remedy;

    /**
     * @param reason what is wrong, on what
     * @param remedy what to do next
     */
    public StartRefusedException(String reason, String remedy) {
        super(reason);
        this.remedy = remedy;
    }

    public String remedy() {
        return remedy;
    }

    @Override
    public String getMessage() {
        return Objects.requireNonNull(super.getMessage());
    }
}
