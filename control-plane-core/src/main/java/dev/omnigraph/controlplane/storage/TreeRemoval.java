package dev.omnigraph.controlplane.storage;

import java.util.Optional;
import java.util.function.LongConsumer;

/** Removes whole trees, however many calls of {@link ObjectStore#removeTree} one needs. */
public final class TreeRemoval {

    /** A store removes only so much with one call; more calls than these mean that somebody adds faster. */
    static final int MAX_CALLS = 10_000;

    private TreeRemoval() {}

    /**
     * Removes whatever lies below a prefix. Ends where a call removes nothing.
     *
     * @param progress told how much each call has removed so far
     * @return empty when all of it is gone; else why a part may be left
     */
    public static Optional<String> remove(ObjectStore store, ObjectKey prefix, LongConsumer progress) {
        String reason = "";
        for (int call = 0; call < MAX_CALLS; call++) {
            RemovalOutcome outcome = store.removeTree(prefix, progress);
            if (outcome instanceof RemovalOutcome.Done) {
                return Optional.empty();
            }
            reason = ((RemovalOutcome.Incomplete) outcome).reason();
            if (outcome.removed() == 0) {
                break;
            }
        }
        return Optional.of(reason);
    }
}
