package dev.omnigraph.controlplane.json;

import java.util.Objects;

/** A JSON document that is not of the shape its format asks for. The message names the place and what belongs there. */
public final class JsonShapeException extends Exception {

    private static final long serialVersionUID = 1L;

    public JsonShapeException(String path, String problem) {
        super((path.isEmpty() ? "the document" : path) + ": " + problem);
    }

    @Override
    public String getMessage() {
        return Objects.requireNonNull(super.getMessage());
    }
}
