package dev.omnigraph.controlplane.app.operation;

import dev.omnigraph.controlplane.operation.OperationRead;
import dev.omnigraph.controlplane.operation.OperationStore;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * Operations of other processes, for those who wait for them here: however many wait for one, its record is read once in
 * {@link #INTERVAL}. Thread-safe.
 */
final class FollowedOperations {

    /** What happens elsewhere shows within this time. */
    static final Duration INTERVAL = Duration.ofMillis(500);
    /** So many are remembered; the one that was asked for longest ago is forgotten first, and read again when asked for. */
    private static final int MAX_REMEMBERED = 256;

    private final OperationStore store;
    private final InstantSource clock;
    private final Map<String, Followed> remembered = new LinkedHashMap<>(16, 0.75f, true) {
        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Followed> eldest) {
            return size() > MAX_REMEMBERED;
        }
    };

    FollowedOperations(OperationStore store, InstantSource clock) {
        this.store = store;
        this.clock = clock;
    }

    /** The record, at most {@link #INTERVAL} old. Who asks for another operation does not wait for this read. */
    OperationRead read(String id) {
        Followed followed;
        synchronized (remembered) {
            followed = remembered.computeIfAbsent(id, Followed::new);
        }
        return followed.read();
    }

    private final class Followed {

        private final String id;
        private Optional<OperationRead> last = Optional.empty();
        private Instant readAt = Instant.EPOCH;

        Followed(String id) {
            this.id = id;
        }

        synchronized OperationRead read() {
            Instant now = clock.instant();
            if (last.isPresent() && isFresh(Duration.between(readAt, now))) {
                return last.get();
            }
            OperationRead read = store.read(id);
            // What is not found may be there the next moment.
            last = Optional.of(read).filter(OperationRead.Found.class::isInstance);
            readAt = now;
            return read;
        }
    }

    private static boolean isFresh(Duration age) {
        return !age.isNegative() && age.compareTo(INTERVAL) < 0;
    }
}
