package dev.omnigraph.controlplane.retention;

import dev.omnigraph.controlplane.operation.IdempotencyStore;
import dev.omnigraph.controlplane.storage.ObjectKey;
import dev.omnigraph.controlplane.storage.ObjectStore;
import java.time.Instant;
import java.util.List;

/** Keys of requests that are too long ago to be repeated. */
final class KeptKeys implements Keeping {

    private final IdempotencyStore keys;
    private final Instant limit;

    /** @param limit what was claimed before is removed */
    KeptKeys(ObjectStore store, Instant limit) {
        this.keys = new IdempotencyStore(store);
        this.limit = limit;
    }

    @Override
    public String kind() {
        return "idempotency_keys";
    }

    @Override
    public List<Candidate> candidates() {
        return keys.stored().stream()
                .map(key -> new Candidate(key, () -> look(key)))
                .toList();
    }

    private Fate look(ObjectKey key) {
        IdempotencyStore.Age age = keys.age(key);
        if (age instanceof IdempotencyStore.Age.Unreadable unreadable) {
            return new Fate.Kept("it cannot be read: " + unreadable.reason());
        }
        return age instanceof IdempotencyStore.Age.ClaimedAt claimed
                        && claimed.when().isBefore(limit)
                ? Fate.of(keys.remove(key, claimed))
                : new Fate.NotDue();
    }
}
