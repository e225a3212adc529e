package dev.omnigraph.controlplane.storage;

import java.util.Objects;

/**
 * The storage did not answer where an answer was needed to decide. Whoever runs a command ends it: nothing more is decided
 * and nothing more is written.
 */
public final class StorageUnavailableException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    public StorageUnavailableException(String reason) {
        super(reason);
    }

    @Override
    public String getMessage() {
        return Objects.requireNonNull(super.getMessage());
    }
}
