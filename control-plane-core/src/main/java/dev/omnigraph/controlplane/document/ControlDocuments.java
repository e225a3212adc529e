package dev.omnigraph.controlplane.document;

import dev.omnigraph.controlplane.storage.DeleteOutcome;
import dev.omnigraph.controlplane.storage.GetOutcome;
import dev.omnigraph.controlplane.storage.ListOutcome;
import dev.omnigraph.controlplane.storage.ObjectKey;
import dev.omnigraph.controlplane.storage.ObjectStore;
import dev.omnigraph.controlplane.storage.PutOutcome;
import dev.omnigraph.controlplane.storage.StorageUnavailableException;
import dev.omnigraph.controlplane.storage.StoredObject;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * Documents of one kind below {@code __control/}: created only where none is, replaced only over the very bytes that the
 * change came from. Thread-safe.
 */
public final class ControlDocuments<T> {

    /** A write without a clear answer is repeated so often, with the same bytes under the same condition. */
    static final int MAX_WRITE_ATTEMPTS = 3;

    private static final String SUFFIX = ".json";

    private final ObjectStore objects;
    private final Function<T, byte[]> writing;
    private final Reading<T> reading;

    /** Makes a value of a stored document. */
    @FunctionalInterface
    public interface Reading<T> {
        T read(StoredObject object) throws UnreadableDocumentException;
    }

    public ControlDocuments(ObjectStore objects, Function<T, byte[]> writing, Reading<T> reading) {
        this.objects = objects;
        this.writing = writing;
        this.reading = reading;
    }

    /** The key of the document with this id in a folder of such documents. */
    public static ObjectKey key(ObjectKey folder, String id) {
        return folder.child(id + SUFFIX);
    }

    /** Reads one document. */
    public DocumentRead<T> read(ObjectKey key) {
        return read(objects.get(key));
    }

    /** Stores a document where none is. */
    public DocumentWrite<T> create(ObjectKey key, T value) {
        byte[] bytes = writing.apply(value);
        return settle(value, bytes, () -> objects.putIfAbsent(key, bytes));
    }

    /** Stores a document over the one that it was made from. */
    public DocumentWrite<T> replace(ObjectKey key, DocumentRead.Found<T> base, T next) {
        byte[] bytes = writing.apply(next);
        return settle(next, bytes, () -> objects.putIfMatch(key, bytes, base.tag()));
    }

    /** Removes a document, whatever it holds. Empty when it is gone, or was never there; else why it may still be there. */
    public Optional<String> remove(ObjectKey key) {
        DeleteOutcome outcome = objects.delete(key);
        if (outcome instanceof DeleteOutcome.Refused refused) {
            return Optional.of(refused.reason());
        }
        return outcome instanceof DeleteOutcome.Unknown unknown ? Optional.of(unknown.reason()) : Optional.empty();
    }

    /**
     * The ids of all documents in a folder, in bytewise order.
     *
     * @throws StorageUnavailableException where the storage does not say what is there
     */
    public List<String> ids(ObjectKey folder) {
        ListOutcome outcome = objects.list(folder);
        if (outcome instanceof ListOutcome.Unknown unknown) {
            throw new StorageUnavailableException(folder + " cannot be listed: " + unknown.reason());
        }
        return ((ListOutcome.Listed) outcome)
                .entries().stream()
                        .filter(entry -> entry.kind() == ListOutcome.Kind.OBJECT)
                        .map(entry -> entry.key().name())
                        .filter(name -> name.endsWith(SUFFIX))
                        .map(name -> name.substring(0, name.length() - SUFFIX.length()))
                        .toList();
    }

    /**
     * Ours is told by its bytes. Where something else stands there after an answer was missing, ours may have been there in
     * between: that is not known, and not lost.
     */
    private DocumentWrite<T> settle(T value, byte[] bytes, Supplier<PutOutcome> attempt) {
        Optional<String> unclear = Optional.empty();
        for (int attempts = 0; attempts < MAX_WRITE_ATTEMPTS; attempts++) {
            PutOutcome outcome = attempt.get();
            if (outcome instanceof PutOutcome.Done done) {
                return new DocumentWrite.Stored<>(new DocumentRead.Found<>(value, done.tag()));
            } else if (outcome instanceof PutOutcome.Lost lost) {
                return lostOrOurs(value, bytes, lost.present(), unclear);
            } else if (outcome instanceof PutOutcome.Refused refused) {
                return unclear.<DocumentWrite<T>>map(DocumentWrite.Unknown::new)
                        .orElseGet(() -> new DocumentWrite.Refused<>(refused.reason()));
            }
            unclear = Optional.of(((PutOutcome.Unknown) outcome).reason());
        }
        return new DocumentWrite.Unknown<>(unclear.orElseThrow());
    }

    private DocumentWrite<T> lostOrOurs(T value, byte[] bytes, GetOutcome present, Optional<String> unclear) {
        if (present instanceof GetOutcome.Found found
                && Arrays.equals(found.object().bytes(), bytes)) {
            return new DocumentWrite.Stored<>(
                    new DocumentRead.Found<>(value, found.object().tag()));
        }
        return unclear.<DocumentWrite<T>>map(DocumentWrite.Unknown::new)
                .orElseGet(() -> new DocumentWrite.Lost<>(read(present)));
    }

    private DocumentRead<T> read(GetOutcome outcome) {
        if (outcome instanceof GetOutcome.Found found) {
            try {
                return new DocumentRead.Found<>(
                        reading.read(found.object()), found.object().tag());
            } catch (UnreadableDocumentException e) {
                return new DocumentRead.Unreadable<>(e.getMessage());
            }
        } else if (outcome instanceof GetOutcome.Absent) {
            return new DocumentRead.Absent<>();
        } else if (outcome instanceof GetOutcome.Unusable unusable) {
            return new DocumentRead.Unreadable<>(unusable.reason());
        }
        return new DocumentRead.Unavailable<>(((GetOutcome.Unknown) outcome).reason());
    }
}
