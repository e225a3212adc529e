package dev.omnigraph.controlplane.operation;

import dev.omnigraph.controlplane.document.UnreadableDocumentException;
import dev.omnigraph.controlplane.id.UlidSource;
import dev.omnigraph.controlplane.ledger.ControlKeys;
import dev.omnigraph.controlplane.storage.DeleteOutcome;
import dev.omnigraph.controlplane.storage.GetOutcome;
import dev.omnigraph.controlplane.storage.ListOutcome;
import dev.omnigraph.controlplane.storage.ObjectKey;
import dev.omnigraph.controlplane.storage.ObjectStore;
import dev.omnigraph.controlplane.storage.PutOutcome;
import dev.omnigraph.controlplane.storage.StorageUnavailableException;
import dev.omnigraph.controlplane.storage.StoredObject;
import dev.omnigraph.controlplane.storage.VersionTag;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import java.util.regex.Pattern;

/**
 * The operation records of one cluster, {@code __control/operations/<ulid>.json}. A record is created only where none
 * is, and replaced only over the very bytes that the transition came from: of racing writers one wins, the others learn
 * what is there now. Thread-safe.
 */
public final class OperationStore {

    /** The largest page. */
    public static final int MAX_PAGE_SIZE = 200;
    /** So many records are read for one filtered page; the rest is the next page's. */
    static final int MAX_RECORDS_READ_FOR_A_PAGE = 1000;
    /** A write without a clear answer is repeated so often, with the same bytes under the same condition. */
    static final int MAX_WRITE_ATTEMPTS = 3;

    private static final String SUFFIX = ".json";
    private static final Pattern ID = Pattern.compile("[0-9A-HJKMNP-TV-Z]{26}");

    private final ObjectStore objects;

    public OperationStore(ObjectStore objects) {
        this.objects = objects;
    }

    /** Whether a text can be the id of an operation: a ULID. */
    public static boolean isId(String text) {
        return ID.matcher(text).matches();
    }

    /** Stores the record of a new operation. */
    public OperationWrite create(OperationRecord operation) {
        byte[] bytes = OperationDocument.write(operation);
        return write(operation, bytes, () -> objects.putIfAbsent(key(operation.id()), bytes));
    }

    /** Stores a transition, if the record still is what it came from. */
    public OperationWrite replace(StoredOperation base, OperationRecord next) {
        byte[] bytes = OperationDocument.write(next);
        return write(next, bytes, () -> objects.putIfMatch(key(next.id()), bytes, base.tag()));
    }

    /**
     * The ids of the records that were made before a moment, oldest first.
     *
     * @throws StorageUnavailableException where the store does not answer
     */
    public List<String> idsBefore(Instant moment) {
        ListOutcome listing = objects.list(ControlKeys.OPERATIONS);
        if (listing instanceof ListOutcome.Unknown unknown) {
            throw new StorageUnavailableException("the operation records cannot be listed: " + unknown.reason());
        }
        List<String> ids =
                new ArrayList<>(newestFirst((ListOutcome.Listed) listing, Optional.of(UlidSource.firstAt(moment))));
        Collections.reverse(ids);
        return List.copyOf(ids);
    }

    /** Removes a record, if it still is what was read. */
    public DeleteOutcome remove(StoredOperation operation) {
        return objects.deleteIfMatch(key(operation.record().id()), operation.tag());
    }

    /** Reads one record. What is no ULID names no operation. */
    public OperationRead read(String id) {
        return isId(id) ? present(id, objects.get(key(id))) : new OperationRead.Absent();
    }

    /**
     * A page of the list, newest first.
     *
     * @param olderThan the id after which the page begins; empty for the newest
     * @param size at least one, at most {@link #MAX_PAGE_SIZE}
     */
    public OperationPage page(OperationFilter filter, Optional<String> olderThan, int size) {
        return page(filter, UnaryOperator.identity(), olderThan, size);
    }

    /**
     * The same of records as they are to be read now.
     *
     * @param view what a stored record stands for
     */
    public OperationPage page(
            OperationFilter filter, UnaryOperator<OperationRecord> view, Optional<String> olderThan, int size) {
        if (size < 1 || size > MAX_PAGE_SIZE) {
            throw new IllegalArgumentException("a page has 1 to " + MAX_PAGE_SIZE + " operations, not " + size);
        }
        ListOutcome listing = objects.list(ControlKeys.OPERATIONS);
        if (listing instanceof ListOutcome.Listed listed) {
            return readPage(newestFirst(listed, olderThan), filter, view, size);
        }
        return new OperationPage.Unavailable(((ListOutcome.Unknown) listing).reason());
    }

    private OperationPage readPage(
            List<String> ids, OperationFilter filter, UnaryOperator<OperationRecord> view, int size) {
        List<OperationRecord> operations = new ArrayList<>();
        List<String> unreadable = new ArrayList<>();
        int looked = 0;
        while (looked < ids.size()
                && looked < MAX_RECORDS_READ_FOR_A_PAGE
                && operations.size() + unreadable.size() < size) {
            String id = ids.get(looked);
            OperationRead read = read(id);
            if (read instanceof OperationRead.Found found) {
                OperationRecord record = view.apply(found.operation().record());
                if (filter.admits(record)) {
                    operations.add(record);
                }
            } else if (read instanceof OperationRead.Unreadable) {
                unreadable.add(id);
            } else if (read instanceof OperationRead.Unavailable unavailable) {
                return new OperationPage.Unavailable(unavailable.reason());
            }
            looked++;
        }
        Optional<String> next = looked < ids.size() ? Optional.of(ids.get(looked - 1)) : Optional.empty();
        return new OperationPage.Listed(operations, unreadable, next);
    }

    private static List<String> newestFirst(ListOutcome.Listed listed, Optional<String> olderThan) {
        return listed.entries().stream()
                .filter(entry -> entry.kind() == ListOutcome.Kind.OBJECT)
                .map(entry -> entry.key().name())
                .filter(name -> name.endsWith(SUFFIX))
                .map(name -> name.substring(0, name.length() - SUFFIX.length()))
                .filter(OperationStore::isId)
                .filter(id -> olderThan.isEmpty() || id.compareTo(olderThan.get()) < 0)
                .sorted(Comparator.reverseOrder())
                .toList();
    }

    private OperationWrite write(OperationRecord operation, byte[] bytes, Supplier<PutOutcome> attempt) {
        String reason = "";
        for (int attempts = 0; attempts < MAX_WRITE_ATTEMPTS; attempts++) {
            PutOutcome outcome = attempt.get();
            if (outcome instanceof PutOutcome.Done done) {
                return new OperationWrite.Stored(new StoredOperation(operation, done.tag()));
            }
            if (outcome instanceof PutOutcome.Lost lost) {
                return lostOrOurs(operation, bytes, lost.present());
            }
            if (outcome instanceof PutOutcome.Refused refused && attempts == 0) {
                return new OperationWrite.Refused(refused.reason());
            }
            reason = outcome instanceof PutOutcome.Unknown unknown ? unknown.reason() : reason;
        }
        return new OperationWrite.Unknown(reason);
    }

    /** Our own bytes stand there when an earlier attempt, whose answer got lost, came through after all. */
    private static OperationWrite lostOrOurs(OperationRecord operation, byte[] bytes, GetOutcome present) {
        if (present instanceof GetOutcome.Found found
                && Arrays.equals(found.object().bytes(), bytes)) {
            VersionTag tag = found.object().tag();
            return new OperationWrite.Stored(new StoredOperation(operation, tag));
        }
        return new OperationWrite.Lost(present(operation.id(), present));
    }

    private static OperationRead present(String id, GetOutcome outcome) {
        if (outcome instanceof GetOutcome.Found found) {
            return parse(id, found.object());
        }
        if (outcome instanceof GetOutcome.Absent) {
            return new OperationRead.Absent();
        }
        if (outcome instanceof GetOutcome.Unusable unusable) {
            return new OperationRead.Unreadable(unusable.reason());
        }
        return new OperationRead.Unavailable(((GetOutcome.Unknown) outcome).reason());
    }

    private static OperationRead parse(String id, StoredObject object) {
        try {
            OperationRecord operation = OperationDocument.read(object);
            return operation.id().equals(id)
                    ? new OperationRead.Found(new StoredOperation(operation, object.tag()))
                    : new OperationRead.Unreadable("it is the record of operation " + operation.id());
        } catch (UnreadableDocumentException e) {
            return new OperationRead.Unreadable(e.getMessage());
        }
    }

    /** Where the record of an operation lies. */
    public static ObjectKey key(String id) {
        return ControlKeys.OPERATIONS.child(id + SUFFIX);
    }
}
