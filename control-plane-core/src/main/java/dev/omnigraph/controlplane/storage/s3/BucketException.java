package dev.omnigraph.controlplane.storage.s3;

import java.util.Objects;

/** The bucket did not show, or did not do, the whole of what was asked for; the message says why. */
final class BucketException extends Exception {

    private static final long serialVersionUID = 1L;

    BucketException(String reason) {
        super(reason);
    }

    @Override
    public String getMessage() {
        return Objects.requireNonNull(super.getMessage());
    }
}
