package dev.omnigraph.controlplane.lance;

import java.io.IOException;

/** The storage did not say whether it did what it was asked, or what is stored; trying again later may help. */
final class StorageUnansweredException extends IOException {

    private static final long serialVersionUID = 1L;

    StorageUnansweredException(String message) {
        super(message);
    }
}
