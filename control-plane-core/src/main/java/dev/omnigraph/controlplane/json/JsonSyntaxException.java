package dev.omnigraph.controlplane.json;

import java.util.Objects;
import java.util.Optional;

/** Text that is no single, complete JSON document. The message says where and what was found. */
public final class JsonSyntaxException extends Exception {

    private static final long serialVersionUID = 1L;

    private final transient Optional<String> place;

    public JsonSyntaxException(String message) {
        super(message);
        this.place = Optional.empty();
    }

    /**
     * A finding at a place.
     *
     * @param place such as {@code line 1, column 7}
     */
    public JsonSyntaxException(String what, String place) {
        super(what + " at " + place);
        this.place = Optional.of(place);
    }

    /** Where it is, for those who may not be shown what stands there. */
    public Optional<String> place() {
        return place;
    }

    @Override
    public String getMessage() {
        return Objects.requireNonNull(super.getMessage());
    }
}
