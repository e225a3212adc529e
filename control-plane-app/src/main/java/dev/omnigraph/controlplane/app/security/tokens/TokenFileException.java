package dev.omnigraph.controlplane.app.security.tokens;

import java.util.Objects;

/** The token file cannot be read or understood. The message never repeats a hash. */
public final class TokenFileException extends Exception {

    private static final long serialVersionUID = 1L;

    TokenFileException(String message) {
        super(message);
    }

    @Override
    public String getMessage() {
        return Objects.requireNonNull(super.getMessage());
    }
}
