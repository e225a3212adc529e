package dev.omnigraph.controlplane.app.operation;

import dev.omnigraph.controlplane.operation.OperationRead;
import dev.omnigraph.controlplane.operation.OperationStore;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Operations of other processes, for those who wait for them here: however many wait for one, its record is read once in
 * {@link #INTERVAL}. Thread-safe.
 */
final class FollowedOperations {

    /** What happens elsewhere shows within this time. */
    static final Duration INTERVAL = Duration.ofMillis(500);
    /** So many are remembered; the one that was read longest ago is forgotten first, and read again when asked for. */
    private static final int MAX_REMEMBERED = 256;

    private final OperationStore store;
    private final InstantSource clock;
    private final Map<String, Seen> seen = new LinkedHashMap<>();

    private record Seen(OperationRead read, Instant at) {}

    FollowedOperations(OperationStore store, InstantSource clock) {
        this.store = store;
        this.clock = clock;
    }

    /** The record, at most {@link #INTERVAL} old. */
    synchronized OperationRead read(String id) {
        Instant now = clock.instant();
        Seen last = seen.get(id);
        if (last != null && isFresh(Duration.between(last.at(), now))) {
            return last.read();
        }
        OperationRead read = store.read(id);
        seen.remove(id);
        if (!(read instanceof OperationRead.Found)) {
            return read; // it may be there the next moment
        }
        seen.put(id, new Seen(read, now));
        if (seen.size() > MAX_REMEMBERED) {
            seen.remove(seen.keySet().iterator().next());
        }
        return read;
    }

    private static boolean isFresh(Duration age) {
        return !age.isNegative() && age.compareTo(INTERVAL) < 0;
    }
}
