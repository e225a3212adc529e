package dev.omnigraph.controlplane.retention;

import dev.omnigraph.controlplane.document.DocumentRead;
import dev.omnigraph.controlplane.storage.ObjectStore;
import dev.omnigraph.controlplane.storage.StorageUnavailableException;
import dev.omnigraph.controlplane.storedplan.StoredPlan;
import dev.omnigraph.controlplane.storedplan.StoredPlanStore;
import java.time.Instant;
import java.util.List;

/** Stored plans that expired long ago, whatever became of them. */
final class KeptPlans implements Keeping {

    private final StoredPlanStore plans;
    private final Instant limit;

    /** @param limit what expired before is removed */
    KeptPlans(ObjectStore store, Instant limit) {
        this.plans = new StoredPlanStore(store);
        this.limit = limit;
    }

    @Override
    public String kind() {
        return "plans";
    }

    @Override
    public List<Candidate> candidates() {
        return plans.ids().stream()
                .map(id -> new Candidate(StoredPlanStore.key(id), () -> look(id)))
                .toList();
    }

    private Fate look(String id) {
        DocumentRead<StoredPlan> read = plans.read(id);
        if (read instanceof DocumentRead.Unavailable<StoredPlan> unavailable) {
            throw new StorageUnavailableException("plan " + id + " cannot be read: " + unavailable.reason());
        }
        if (read instanceof DocumentRead.Unreadable<StoredPlan> unreadable) {
            return new Fate.Kept("it cannot be read: " + unreadable.reason());
        }
        return read instanceof DocumentRead.Found<StoredPlan> found
                        && found.value().expiresAt().isBefore(limit)
                ? Fate.ofRemoval(plans.remove(id))
                : new Fate.NotDue();
    }
}
