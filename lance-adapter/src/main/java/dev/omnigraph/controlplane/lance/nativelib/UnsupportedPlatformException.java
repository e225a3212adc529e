package dev.omnigraph.controlplane.lance.nativelib;

/** Lance cannot run in this process. The message says what is missing and what to do; nothing was stored. */
public final class UnsupportedPlatformException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    public UnsupportedPlatformException(String message) {
        super(message);
    }

    public UnsupportedPlatformException(String message, Throwable cause) {
        super(message, cause);
    }
}
