package dev.omnigraph.controlplane.instance;

import dev.omnigraph.controlplane.id.Pause;
import dev.omnigraph.controlplane.operation.OperationOwner;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;

/**
 * The start of a process under the name of an instance. A name that another process has is taken over once that process
 * said it was done, or gave no sign of life for {@link HeartbeatTiming#silence} of this process's own clock; while it
 * gives signs, this one does not start. A lock that the earlier process wanted or held stays named in the record; it is for the
 * caller to take it back and to say so.
 */
public final class InstanceStart {

    /** So often at most something else stands there between look and write. */
    private static final int MAX_ATTEMPTS = 5;
    /** So often the record is looked at within an interval. */
    private static final int LOOKS_IN_AN_INTERVAL = 4;

    private final InstanceStore store;
    private final InstantSource clock;
    private final Pause pause;
    private final HeartbeatTiming timing;

    public InstanceStart(InstanceStore store, InstantSource clock, Pause pause, HeartbeatTiming timing) {
        this.store = store;
        this.clock = clock;
        this.pause = pause;
        this.timing = timing;
    }

    /** What starting came to. */
    public sealed interface Outcome {

        /**
         * This process has the name.
         *
         * @param earlier the process that had it before
         */
        record Begun(Heartbeat heartbeat, Optional<InstanceRecord> earlier) implements Outcome {}

        /** Another process has the name and lives. */
        record Duplicate(InstanceRecord other) implements Outcome {}

        /** What stands there cannot be understood. */
        record Unreadable(String reason) implements Outcome {}

        /** The store did not answer, or not clearly; this process may have the name and must not use it. */
        record Unavailable(String reason) implements Outcome {}
    }

    /**
     * Takes the name.
     *
     * @throws InterruptedException when told to stop while waiting
     */
    public Outcome begin(OperationOwner process, String version) throws InterruptedException {
        InstanceRead present = store.read(process.instance());
        for (int attempt = 0; attempt < MAX_ATTEMPTS; attempt++) {
            Optional<StoredInstance> earlier = Optional.empty();
            if (present instanceof InstanceRead.Found found) {
                InstanceRead later = awaitEnd(found.instance());
                if (!later.equals(present) && !isStopped(later)) {
                    return later instanceof InstanceRead.Found alive
                            ? new Outcome.Duplicate(alive.instance().record())
                            : trouble(later);
                }
                earlier = Optional.of(((InstanceRead.Found) later).instance());
            } else if (!(present instanceof InstanceRead.Absent)) {
                return trouble(present);
            }
            Instant begun = clock.instant();
            InstanceWrite write = write(
                    InstanceRecord.first(
                            process,
                            version,
                            begun,
                            earlier.flatMap(before -> before.record().lockId())),
                    earlier);
            if (write instanceof InstanceWrite.Stored stored) {
                return new Outcome.Begun(
                        new Heartbeat(store, stored.instance(), begun, clock, timing),
                        earlier.map(StoredInstance::record));
            }
            if (write instanceof InstanceWrite.Unsettled unsettled) {
                return new Outcome.Unavailable(unsettled.reason());
            }
            present = ((InstanceWrite.Lost) write).present();
        }
        return new Outcome.Unavailable("other processes take and give up the name all the time");
    }

    private InstanceWrite write(InstanceRecord first, Optional<StoredInstance> over) {
        return over.isPresent() ? store.replace(over.get(), first) : store.create(first);
    }

    /** What stands there once it is over, has moved, or has not moved for long enough. */
    private InstanceRead awaitEnd(StoredInstance seen) throws InterruptedException {
        InstanceRead now = new InstanceRead.Found(seen);
        Instant end = clock.instant().plus(timing.silence());
        Duration look = timing.interval().dividedBy(LOOKS_IN_AN_INTERVAL);
        while (!isStopped(now)
                && now.equals(new InstanceRead.Found(seen))
                && clock.instant().isBefore(end)) {
            pause.forDuration(look);
            now = store.read(seen.record().process().instance());
        }
        return now;
    }

    private static boolean isStopped(InstanceRead read) {
        return read instanceof InstanceRead.Found found
                && found.instance().record().stopped();
    }

    private static Outcome trouble(InstanceRead read) {
        if (read instanceof InstanceRead.Unreadable unreadable) {
            return new Outcome.Unreadable(unreadable.reason());
        }
        return new Outcome.Unavailable(
                read instanceof InstanceRead.Unavailable unavailable
                        ? unavailable.reason()
                        : "the record of the instance was removed at this moment");
    }
}
