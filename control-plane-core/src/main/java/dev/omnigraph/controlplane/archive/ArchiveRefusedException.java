package dev.omnigraph.controlplane.archive;

import java.util.Objects;

/** An archive breaks a rule. Nothing of it is used. */
public final class ArchiveRefusedException extends Exception {

    private static final long serialVersionUID = 1L;

    private final ArchiveRule rule;

    /** @param message what is wrong, on which path */
    public ArchiveRefusedException(ArchiveRule rule, String message) {
        super(message);
        this.rule = rule;
    }

    public ArchiveRule rule() {
        return rule;
    }

    @Override
    public String getMessage() {
        return Objects.requireNonNull(super.getMessage());
    }
}
