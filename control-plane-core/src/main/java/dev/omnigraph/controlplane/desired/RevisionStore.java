package dev.omnigraph.controlplane.desired;

import dev.omnigraph.controlplane.document.ControlDocument;
import dev.omnigraph.controlplane.document.ControlDocuments;
import dev.omnigraph.controlplane.document.DocumentRead;
import dev.omnigraph.controlplane.document.DocumentWrite;
import dev.omnigraph.controlplane.document.UnreadableDocumentException;
import dev.omnigraph.controlplane.json.JsonShapeException;
import dev.omnigraph.controlplane.ledger.ControlKeys;
import dev.omnigraph.controlplane.storage.ObjectKey;
import dev.omnigraph.controlplane.storage.ObjectStore;
import dev.omnigraph.controlplane.storage.StorageUnavailableException;
import dev.omnigraph.controlplane.storage.StoredObject;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What is desired now and was before: {@code __control/revisions/<id>.json}, each with its parent, and
 * {@code __control/head.json}, which names the present one. The revision is stored first; it counts once the head names it,
 * and of racing writers one moves the head. Thread-safe.
 */
public final class RevisionStore {

    private static final ObjectKey REVISIONS = ControlKeys.CONTROL.child("revisions");
    private static final ObjectKey HEAD = ControlKeys.CONTROL.child("head.json");
    private static final String REVISION = "revision";

    private final ControlDocuments<Revision> revisions;
    private final ControlDocuments<String> head;

    public RevisionStore(ObjectStore objects) {
        this.revisions = new ControlDocuments<>(objects, RevisionDocument::write, RevisionDocument::read);
        this.head = new ControlDocuments<>(objects, RevisionStore::writeHead, RevisionStore::readHead);
    }

    /** What moving the head came to. */
    public sealed interface Move {

        record Moved() implements Move {}

        /** The head is not the parent of the revision; it was left. */
        record Lost() implements Move {}

        /** The store refused; the head was left. */
        record Refused(String reason) implements Move {}

        /** Whether the head moved is not known. */
        record Unknown(String reason) implements Move {}
    }

    /**
     * The present revision, if there is one.
     *
     * @throws StorageUnavailableException where that is not known, or its record is gone or damaged
     */
    public Optional<Revision> head() {
        return headDocument().map(found -> required(found.value()));
    }

    /**
     * Makes a revision the present one, if its parent is that until now.
     *
     * @throws StorageUnavailableException where the head cannot be read
     */
    public Move moveTo(Revision next) {
        Optional<DocumentRead.Found<String>> present = headDocument();
        if (!present.map(DocumentRead.Found::value).equals(next.parent())) {
            return new Move.Lost();
        }
        DocumentWrite<Revision> record = revisions.create(key(next.id()), next);
        if (!(record instanceof DocumentWrite.Stored<Revision>)) {
            return new Move.Refused("the revision could not be stored, and the head was left");
        }
        DocumentWrite<String> moved =
                present.isPresent() ? head.replace(HEAD, present.get(), next.id()) : head.create(HEAD, next.id());
        return outcome(moved);
    }

    private static Move outcome(DocumentWrite<String> moved) {
        if (moved instanceof DocumentWrite.Stored<String>) {
            return new Move.Moved();
        } else if (moved instanceof DocumentWrite.Lost<String>) {
            return new Move.Lost();
        } else if (moved instanceof DocumentWrite.Refused<String> refused) {
            return new Move.Refused(refused.reason());
        }
        return new Move.Unknown(((DocumentWrite.Unknown<String>) moved).reason());
    }

    /**
     * A part of the history.
     *
     * @param next the last revision of this part, where the next one goes on; empty at the end
     */
    public record Page(List<Revision> revisions, Optional<String> next) {
        public Page {
            revisions = List.copyOf(revisions);
        }
    }

    /**
     * The revisions from the present one to the first, or to the oldest that is kept.
     *
     * @param after the revision after which the page begins; empty for the present one
     * @throws StorageUnavailableException where a record cannot be read
     */
    public Page page(Optional<String> after, int size) {
        List<Revision> page = new ArrayList<>();
        Optional<Revision> next = after.isPresent() ? after.flatMap(this::find).flatMap(this::parent) : head();
        while (next.isPresent() && page.size() < size) {
            page.add(next.get());
            next = parent(next.get());
        }
        return new Page(page, next.map(more -> page.get(page.size() - 1).id()));
    }

    /**
     * The revision with this id, if it is kept.
     *
     * @throws StorageUnavailableException where that is not known
     */
    public Optional<Revision> find(String id) {
        return Revision.isId(id)
                ? revisions.read(key(id)).ifThere("revision " + id).map(DocumentRead.Found::value)
                : Optional.empty();
    }

    /**
     * The ids of all revisions that are stored, also of those that never became the head, in no order of time.
     *
     * @throws StorageUnavailableException where the storage does not say what is there
     */
    public List<String> ids() {
        return revisions.ids(REVISIONS).stream().filter(Revision::isId).toList();
    }

    /**
     * Removes a revision that is not the present one. Empty when it is gone, or is the present one; else why it may be left.
     *
     * @throws StorageUnavailableException where the head cannot be read
     */
    public Optional<String> remove(String id) {
        return headDocument().map(DocumentRead.Found::value).filter(id::equals).isPresent()
                ? Optional.empty()
                : revisions.remove(key(id));
    }

    private Optional<Revision> parent(Revision revision) {
        return revision.parent().flatMap(this::find);
    }

    private Optional<DocumentRead.Found<String>> headDocument() {
        return head.read(HEAD).ifThere("the head");
    }

    private Revision required(String id) {
        return find(id).orElseThrow(() ->
                new StorageUnavailableException("the head names revision " + id + ", whose record is gone"));
    }

    private static byte[] writeHead(String revision) {
        return ControlDocument.bytes(
                ControlDocument.begin().put(REVISION, revision).build());
    }

    private static String readHead(StoredObject object) throws UnreadableDocumentException {
        try {
            String revision = ControlDocument.parse(object, List.of(REVISION)).requireString(REVISION);
            if (Revision.isId(revision)) {
                return revision;
            }
            throw new UnreadableDocumentException("it names no revision");
        } catch (JsonShapeException e) {
            throw new UnreadableDocumentException("it is damaged: " + e.getMessage());
        }
    }

    private static ObjectKey key(String id) {
        return ControlDocuments.key(REVISIONS, id);
    }
}
