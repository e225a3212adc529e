package dev.omnigraph.controlplane.ledger;

import dev.omnigraph.controlplane.storage.ObjectKey;
import dev.omnigraph.controlplane.storage.VersionTag;
import java.util.Map;
import java.util.Optional;

/**
 * The catalog copies that this process found whole when it looked last, each with the tag that it had: equal tags of one key
 * mean equal content. Thread-safe.
 */
public final class CatalogMemory {

    private volatile Map<ObjectKey, VersionTag> intact = Map.of();
    private volatile boolean listingsShowTags = true;

    /** Instead of what was found before. */
    void keep(Map<ObjectKey, VersionTag> found) {
        intact = Map.copyOf(found);
    }

    Optional<VersionTag> tagOf(ObjectKey key) {
        return Optional.ofNullable(intact.get(key));
    }

    /** Whether a listing can show that a copy is still what it was. */
    boolean isWorthAListing() {
        return listingsShowTags && !intact.isEmpty();
    }

    /** Not a single tag was in a listing of the store, which shows something else there. */
    void listingsShowOtherThings() {
        listingsShowTags = false;
    }
}
