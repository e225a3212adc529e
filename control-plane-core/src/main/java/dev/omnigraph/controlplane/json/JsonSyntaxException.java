package dev.omnigraph.controlplane.json;

import java.util.Objects;

/** Text that is no single, complete JSON document. The message says where and what was found. */
public final class JsonSyntaxException extends Exception {

    private static final long serialVersionUID = 1L;

    public JsonSyntaxException(String message) {
        super(message);
    }

    @Override
    public String getMessage() {
        return Objects.requireNonNull(super.getMessage());
    }
}
