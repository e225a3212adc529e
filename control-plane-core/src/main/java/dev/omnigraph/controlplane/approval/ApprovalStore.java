package dev.omnigraph.controlplane.approval;

import dev.omnigraph.controlplane.diagnostic.Diagnostic;
import dev.omnigraph.controlplane.diagnostic.DiagnosticCode;
import dev.omnigraph.controlplane.document.UnreadableDocumentException;
import dev.omnigraph.controlplane.ledger.Approval;
import dev.omnigraph.controlplane.ledger.ControlKeys;
import dev.omnigraph.controlplane.ledger.InvalidDocumentException;
import dev.omnigraph.controlplane.ledger.Ledger;
import dev.omnigraph.controlplane.storage.DeleteOutcome;
import dev.omnigraph.controlplane.storage.GetOutcome;
import dev.omnigraph.controlplane.storage.ListOutcome;
import dev.omnigraph.controlplane.storage.ObjectKey;
import dev.omnigraph.controlplane.storage.ObjectStore;
import dev.omnigraph.controlplane.storage.PutOutcome;
import dev.omnigraph.controlplane.storage.StorageRoot;
import dev.omnigraph.controlplane.storage.StorageUnavailableException;
import dev.omnigraph.controlplane.storage.StoredObject;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

/** The decisions of a cluster, in both places where they are stored. Thread-safe. */
public final class ApprovalStore {

    /** More are refused rather than read for minutes. */
    static final int MAX_APPROVALS = 10_000;

    private static final String SUFFIX = ".json";

    private final ObjectStore store;
    private final StorageRoot root;
    private final ReservationStore reservations;

    public ApprovalStore(ObjectStore store, StorageRoot root) {
        this.store = store;
        this.root = root;
        this.reservations = new ReservationStore(store);
    }

    /**
     * Reads all decisions.
     *
     * @throws StorageUnavailableException where the storage does not answer; nothing may be decided then
     */
    public ApprovalBook read() {
        return read(allIds());
    }

    /**
     * Reads all decisions but those that the ledger records as used, of which there can be many.
     *
     * @throws StorageUnavailableException where the storage does not answer
     */
    public ApprovalBook readUnused(Ledger ledger) {
        SortedSet<String> ids = allIds();
        ids.removeAll(ledger.approvalRecords().keySet());
        return read(ids);
    }

    /**
     * Reads the decisions whose artifacts are not marked: a mark is for good. So the cost does not grow with what was ever
     * decided.
     *
     * @param spent ids of artifacts that were seen marked; those that are seen now are added
     * @throws StorageUnavailableException where the storage does not answer; nothing may be decided then
     */
    public ApprovalBook readUnspent(Set<String> spent) {
        return unspent(allIds(), spent);
    }

    /**
     * Reads those of them that the engine's own tool sees too: enough where no change needs a decision.
     *
     * @param spent as for {@link #readUnspent}
     * @throws StorageUnavailableException where the storage does not answer
     */
    public ApprovalBook readPublished(Set<String> spent) {
        return unspent(new TreeSet<>(ids(ControlKeys.APPROVALS)), spent);
    }

    private ApprovalBook unspent(SortedSet<String> ids, Set<String> spent) {
        ids.removeAll(spent);
        ApprovalBook book = read(ids);
        SortedMap<String, ApprovalEntry> left = new TreeMap<>(book.entries());
        left.values().removeIf(ApprovalEntry::isMarked);
        book.entries().keySet().stream().filter(id -> !left.containsKey(id)).forEach(spent::add);
        return new ApprovalBook(left, book.findings());
    }

    private SortedSet<String> allIds() {
        SortedSet<String> ids = new TreeSet<>(ids(ControlKeys.APPROVALS));
        ids.addAll(ids(ControlKeys.DECISIONS));
        return ids;
    }

    private ApprovalBook read(SortedSet<String> ids) {
        if (ids.size() > MAX_APPROVALS) {
            throw new StorageUnavailableException("there are more than " + MAX_APPROVALS + " approvals");
        }
        TreeMap<String, ApprovalEntry> entries = new TreeMap<>();
        List<Diagnostic> findings = new ArrayList<>();
        ids.forEach(id -> entry(id, findings).ifPresent(entry -> entries.put(id, entry)));
        return new ApprovalBook(entries, findings);
    }

    /**
     * Reads one decision; empty where there is none of this id, or none that can be read.
     *
     * @throws StorageUnavailableException where the storage does not answer
     */
    public Optional<ApprovalEntry> read(String id) {
        return entry(id, new ArrayList<>());
    }

    /** Stores a new decision where only this service sees it. */
    public PutOutcome record(ApprovalRecord approval) {
        return store.putIfAbsent(recordKey(approval.approvalId()), ApprovalRecordDocument.write(approval));
    }

    /** Replaces the record of a decision. */
    PutOutcome rewrite(ApprovalRecord approval, ApprovalEntry.StoredRecord over) {
        return store.putIfMatch(recordKey(approval.approvalId()), ApprovalRecordDocument.write(approval), over.tag());
    }

    /** Makes an approval visible to the engine's own tool. */
    public PutOutcome publish(Approval approval) {
        return store.putIfAbsent(ControlKeys.approval(approval.approvalId()), bytes(approval));
    }

    /** Hides an approval from the engine's own tool again, unless somebody changed it. */
    public DeleteOutcome takeBack(ApprovalEntry.StoredArtifact artifact) {
        return store.deleteIfMatch(ControlKeys.approval(artifact.approval().approvalId()), artifact.tag());
    }

    /** Says in the artifact that it authorises nothing any more. */
    public PutOutcome mark(ApprovalEntry.StoredArtifact artifact, String consumedAt, String consumedByOperation) {
        Approval marked = artifact.approval().consumed(consumedAt, consumedByOperation);
        return store.putIfMatch(ControlKeys.approval(marked.approvalId()), bytes(marked), artifact.tag());
    }

    private List<String> ids(ObjectKey folder) {
        if (store.list(folder) instanceof ListOutcome.Listed listed) {
            return listed.entries().stream()
                    .filter(entry -> entry.kind() == ListOutcome.Kind.OBJECT)
                    .map(entry -> entry.key().name())
                    .filter(name -> name.endsWith(SUFFIX))
                    .map(name -> name.substring(0, name.length() - SUFFIX.length()))
                    .toList();
        }
        throw new StorageUnavailableException("the approvals in " + root.display(folder) + " cannot be listed");
    }

    private Optional<ApprovalEntry> entry(String id, List<Diagnostic> findings) {
        List<String> damages = new ArrayList<>();
        Optional<ApprovalEntry.StoredArtifact> artifact = artifact(id, findings, damages);
        Optional<ApprovalEntry.StoredRecord> record = recordOf(id, findings, damages);
        if (artifact.isEmpty() && record.isEmpty()) {
            return Optional.empty();
        }
        Optional<Reservation> reservation = reservation(id, damages);
        artifact.filter(stored -> !agrees(stored, record))
                .ifPresent(stored ->
                        damages.add("the artifact is not the one that this service stored when it was approved"));
        return Optional.of(new ApprovalEntry(
                id, artifact, record, reservation, damages.stream().findFirst()));
    }

    private static boolean agrees(ApprovalEntry.StoredArtifact artifact, Optional<ApprovalEntry.StoredRecord> record) {
        return record.isEmpty()
                || artifact.approval()
                        .unconsumed()
                        .equals(record.get().approval().bound());
    }

    private Optional<ApprovalEntry.StoredArtifact> artifact(
            String id, List<Diagnostic> findings, List<String> damages) {
        ObjectKey key = ControlKeys.approval(id);
        Optional<StoredObject> object = object(key, findings, damages);
        if (object.isEmpty()) {
            return Optional.empty();
        }
        Optional<String> text = object.get().text();
        if (text.isEmpty()) {
            ignore(DiagnosticCode.INVALID_APPROVAL_ARTIFACT, key, "it is not UTF-8 text", findings, damages);
            return Optional.empty();
        }
        try {
            return Optional.of(new ApprovalEntry.StoredArtifact(
                    Approval.read(text.get()), object.get().tag()));
        } catch (InvalidDocumentException e) {
            ignore(code(e), key, String.valueOf(e.getMessage()), findings, damages);
            return Optional.empty();
        }
    }

    private static DiagnosticCode code(InvalidDocumentException invalid) {
        return switch (invalid.kind()) {
            case MALFORMED -> DiagnosticCode.INVALID_APPROVAL_ARTIFACT;
            case UNSUPPORTED_VERSION -> DiagnosticCode.UNSUPPORTED_APPROVAL_VERSION;
        };
    }

    private Optional<ApprovalEntry.StoredRecord> recordOf(String id, List<Diagnostic> findings, List<String> damages) {
        ObjectKey key = recordKey(id);
        Optional<StoredObject> object = object(key, findings, damages);
        if (object.isEmpty()) {
            return Optional.empty();
        }
        try {
            return Optional.of(new ApprovalEntry.StoredRecord(
                    ApprovalRecordDocument.read(object.get()), object.get().tag()));
        } catch (UnreadableDocumentException e) {
            ignore(DiagnosticCode.INVALID_APPROVAL_ARTIFACT, key, e.getMessage(), findings, damages);
            return Optional.empty();
        }
    }

    private Optional<Reservation> reservation(String id, List<String> damages) {
        ReservationStore.Reading reading = reservations.read(id);
        if (reading instanceof ReservationStore.Reading.Unknown unknown) {
            throw new StorageUnavailableException(
                    "the reservation of approval " + id + " cannot be read: " + unknown.reason());
        }
        if (reading instanceof ReservationStore.Reading.Unreadable unreadable) {
            damages.add(unreadable.reason());
        }
        return reading instanceof ReservationStore.Reading.Found found
                ? Optional.of(found.reservation())
                : Optional.empty();
    }

    private Optional<StoredObject> object(ObjectKey key, List<Diagnostic> findings, List<String> damages) {
        GetOutcome outcome = store.get(key);
        if (outcome instanceof GetOutcome.Unknown unknown) {
            throw new StorageUnavailableException(
                    "the approval " + root.display(key) + " cannot be read: " + unknown.reason());
        }
        if (outcome instanceof GetOutcome.Unusable unusable) {
            ignore(DiagnosticCode.INVALID_APPROVAL_ARTIFACT, key, unusable.reason(), findings, damages);
        }
        return outcome instanceof GetOutcome.Found found ? Optional.of(found.object()) : Optional.empty();
    }

    private void ignore(
            DiagnosticCode code, ObjectKey key, String reason, List<Diagnostic> findings, List<String> damages) {
        findings.add(Diagnostic.of(code, root.uri(key), reason + "; the approval authorises nothing"));
        damages.add(reason);
    }

    private static ObjectKey recordKey(String id) {
        return ControlKeys.DECISIONS.child(id + SUFFIX);
    }

    private static byte[] bytes(Approval approval) {
        return approval.write().getBytes(StandardCharsets.UTF_8);
    }
}
