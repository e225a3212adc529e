package dev.omnigraph.controlplane.ledger;

import dev.omnigraph.controlplane.json.JsonReader;
import dev.omnigraph.controlplane.json.JsonShapeException;
import dev.omnigraph.controlplane.json.JsonSyntaxException;
import dev.omnigraph.controlplane.json.TypedObject;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** What the readers of all stored documents share: strict keys, and a version that is looked at after the shape. */
final class StoredDocument {

    static final int VERSION = 1;

    private StoredDocument() {}

    /** Takes the typed values out of a document. */
    interface Reader<T> {
        T read(TypedObject document) throws JsonShapeException;
    }

    /** The keys of a document in stored order. */
    static Set<String> keys(String... keys) {
        return Collections.unmodifiableSet(new LinkedHashSet<>(List.of(keys)));
    }

    /**
     * Reads a document whose first key is its version.
     *
     * @param what the document's name in messages
     */
    static <T> T read(String what, String text, Set<String> keys, Reader<T> reader) throws InvalidDocumentException {
        try {
            TypedObject document = TypedObject.of(JsonReader.read(text), "", keys);
            long version = document.requireUnsigned(keys.iterator().next());
            T value = reader.read(document);
            if (version != VERSION) {
                throw new InvalidDocumentException(
                        InvalidDocumentException.Cause.UNSUPPORTED_VERSION,
                        what + " has version " + Long.toUnsignedString(version) + "; this service reads version "
                                + VERSION);
            }
            return value;
        } catch (JsonSyntaxException | JsonShapeException e) {
            throw new InvalidDocumentException(
                    InvalidDocumentException.Cause.MALFORMED, what + " cannot be read: " + e.getMessage());
        }
    }
}
