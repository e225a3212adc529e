package dev.omnigraph.controlplane.storedplan;

import dev.omnigraph.controlplane.document.ControlDocuments;
import dev.omnigraph.controlplane.document.DocumentRead;
import dev.omnigraph.controlplane.document.DocumentWrite;
import dev.omnigraph.controlplane.ledger.ControlKeys;
import dev.omnigraph.controlplane.operation.OperationStore;
import dev.omnigraph.controlplane.storage.ObjectKey;
import dev.omnigraph.controlplane.storage.ObjectStore;
import dev.omnigraph.controlplane.storage.StorageUnavailableException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/** The stored plans of a cluster, {@code __control/plans/<ulid>.json}. Thread-safe. */
public final class StoredPlanStore {

    private static final ObjectKey FOLDER = ControlKeys.CONTROL.child("plans");

    private final ControlDocuments<StoredPlan> documents;

    public StoredPlanStore(ObjectStore objects) {
        this.documents = new ControlDocuments<>(objects, StoredPlanDocument::write, StoredPlanDocument::read);
    }

    /** Whether a text can be the id of a plan: a ULID. */
    public static boolean isId(String text) {
        return OperationStore.isId(text);
    }

    /** Stores a new plan. */
    public DocumentWrite<StoredPlan> create(StoredPlan plan) {
        return documents.create(key(plan.id()), plan);
    }

    /** Gives a plan up, if it is still what it was read as. */
    public DocumentWrite<StoredPlan> abandon(DocumentRead.Found<StoredPlan> plan, StoredPlan.Abandonment abandonment) {
        return documents.replace(key(plan.value().id()), plan, plan.value().abandoned(abandonment));
    }

    /** Notes that an operation is about to carry a plan out, if the plan is still what it was read as. */
    public DocumentWrite<StoredPlan> take(DocumentRead.Found<StoredPlan> plan, String operation) {
        return documents.replace(key(plan.value().id()), plan, plan.value().takenBy(operation));
    }

    /**
     * The plan with this id, if there is one.
     *
     * @throws StorageUnavailableException where that is not known, or it cannot be understood
     */
    public Optional<DocumentRead.Found<StoredPlan>> find(String id) {
        return isId(id) ? read(id).ifThere("plan " + id) : Optional.empty();
    }

    /** What stands under the id of a plan. */
    public DocumentRead<StoredPlan> read(String id) {
        return documents.read(key(id));
    }

    /**
     * A part of the list, newest first.
     *
     * @param unreadable ids of plans that are there but cannot be understood
     * @param next where the next part goes on; empty at the end of the list
     */
    public record Page(List<StoredPlan> plans, List<String> unreadable, Optional<String> next) {
        public Page {
            plans = List.copyOf(plans);
            unreadable = List.copyOf(unreadable);
        }
    }

    /**
     * A page of the list.
     *
     * @param olderThan the id after which the page begins; empty for the newest
     * @throws StorageUnavailableException where the storage does not answer
     */
    public Page page(Optional<String> olderThan, int size) {
        List<String> ids = ids().stream()
                .filter(id -> olderThan.isEmpty() || id.compareTo(olderThan.get()) < 0)
                .sorted(Comparator.reverseOrder())
                .toList();
        List<String> shown = ids.subList(0, Math.min(size, ids.size()));
        List<StoredPlan> plans = new ArrayList<>();
        List<String> unreadable = new ArrayList<>();
        for (String id : shown) {
            DocumentRead<StoredPlan> read = read(id);
            if (read instanceof DocumentRead.Unreadable<StoredPlan>) {
                unreadable.add(id);
            } else {
                read.ifThere("plan " + id).map(DocumentRead.Found::value).ifPresent(plans::add);
            }
        }
        return new Page(
                plans,
                unreadable,
                shown.size() < ids.size() ? Optional.of(shown.get(shown.size() - 1)) : Optional.empty());
    }

    /**
     * The ids of all plans, oldest first.
     *
     * @throws StorageUnavailableException where the storage does not say what is there
     */
    public List<String> ids() {
        return documents.ids(FOLDER).stream().filter(StoredPlanStore::isId).toList();
    }

    /** Removes a plan. Empty when it is gone; else why it may be left. */
    public Optional<String> remove(String id) {
        return documents.remove(key(id));
    }

    /** Where a plan lies. */
    public static ObjectKey key(String id) {
        return ControlDocuments.key(FOLDER, id);
    }
}
