package dev.omnigraph.controlplane.app.status;

import dev.omnigraph.controlplane.json.JsonObject;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The status for those who ask whether it has changed: the store is read once for all who ask within a stated time, and
 * anew as soon as something happens in this process. Thread-safe; of those who find nothing fresh, one reads and the others
 * wait for it.
 */
public final class StatusBoard {

    private final Supplier<JsonObject> status;
    private final LongSupplier happenings;
    private final Duration freshness;
    private final InstantSource clock;
    private @Nullable Seen seen;
    private volatile boolean forgotten;

    private record Seen(StatusSnapshot snapshot, Instant at, long happenings) {}

    /**
     * A board over a store.
     *
     * @param status reads it
     * @param happenings moves whenever something happens to an operation of this process
     * @param freshness what other processes change shows within this time; zero reads for each question
     */
    public StatusBoard(Supplier<JsonObject> status, LongSupplier happenings, Duration freshness, InstantSource clock) {
        this.status = status;
        this.happenings = happenings;
        this.freshness = freshness;
        this.clock = clock;
    }

    /** The status, at most as old as it may be. */
    public synchronized StatusSnapshot recent() {
        Seen last = seen;
        if (last != null && isFresh(last)) {
            return last.snapshot();
        }
        // Noted before the store is read: what happens meanwhile is not in the answer for sure.
        forgotten = false;
        Instant begun = clock.instant();
        long happened = happenings.getAsLong();
        StatusSnapshot snapshot = StatusSnapshot.of(status.get());
        seen = new Seen(snapshot, begun, happened);
        return snapshot;
    }

    /** A request of this process has changed something. */
    public void forget() {
        forgotten = true;
    }

    private boolean isFresh(Seen last) {
        Duration age = Duration.between(last.at(), clock.instant());
        return !forgotten
                && !age.isNegative()
                && age.compareTo(freshness) < 0
                && last.happenings() == happenings.getAsLong();
    }
}
