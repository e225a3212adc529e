package dev.omnigraph.controlplane.document;

import dev.omnigraph.controlplane.storage.StorageUnavailableException;
import dev.omnigraph.controlplane.storage.VersionTag;
import java.util.Optional;

/** What reading one document came to. */
public sealed interface DocumentRead<T> {

    /**
     * It is there.
     *
     * @param tag what a replacement is conditioned on
     */
    record Found<T>(T value, VersionTag tag) implements DocumentRead<T> {}

    record Absent<T>() implements DocumentRead<T> {}

    /** It is there but cannot be understood: damaged, or written by a newer version. */
    record Unreadable<T>(String reason) implements DocumentRead<T> {}

    /** The store did not answer; nothing may be decided on it. */
    record Unavailable<T>(String reason) implements DocumentRead<T> {}

    /**
     * The document, if there is one.
     *
     * @param what the document is, for the message
     * @throws StorageUnavailableException where that is not known, or what is there is of no use
     */
    default Optional<Found<T>> ifThere(String what) {
        if (this instanceof Unavailable<T> unavailable) {
            throw new StorageUnavailableException(what + " cannot be read: " + unavailable.reason());
        } else if (this instanceof Unreadable<T> unreadable) {
            throw new StorageUnavailableException(what + " cannot be used: " + unreadable.reason());
        }
        return this instanceof Found<T> found ? Optional.of(found) : Optional.empty();
    }
}
