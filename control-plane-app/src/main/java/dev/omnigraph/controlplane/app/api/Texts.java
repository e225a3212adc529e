package dev.omnigraph.controlplane.app.api;

import dev.omnigraph.controlplane.json.JsonShapeException;
import dev.omnigraph.controlplane.json.TypedObject;
import java.time.Duration;
import java.time.format.DateTimeParseException;
import java.util.Optional;

/** Members that several bodies have: words for people, and how long something holds. */
final class Texts {

    /** Characters of a comment, a message or a reason. */
    static final int MAX_LENGTH = 4096;

    /** Nobody decides for longer ahead. */
    static final Duration MAX_EXPIRY = Duration.ofDays(366);

    private Texts() {}

    static Optional<String> optional(TypedObject members, String name) throws JsonShapeException {
        Optional<String> text = members.optionalString(name);
        if (text.filter(words -> words.length() > MAX_LENGTH).isPresent()) {
            throw new JsonShapeException(members.child(name), "has more than " + MAX_LENGTH + " characters");
        }
        return text;
    }

    /** An ISO 8601 duration. */
    static Optional<Duration> expiry(TypedObject members, String name) throws JsonShapeException {
        Optional<String> text = members.optionalString(name);
        if (text.isEmpty()) {
            return Optional.empty();
        }
        try {
            Duration expiry = Duration.parse(text.get());
            if (!expiry.isNegative() && !expiry.isZero() && expiry.compareTo(MAX_EXPIRY) <= 0) {
                return Optional.of(expiry);
            }
        } catch (DateTimeParseException e) {
            throw new JsonShapeException(members.child(name), "takes a duration such as PT8H");
        }
        throw new JsonShapeException(
                members.child(name), "takes a duration of at most " + MAX_EXPIRY.toDays() + " days");
    }
}
