package dev.omnigraph.controlplane.instance;

import dev.omnigraph.controlplane.operation.OperationOwner;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;

/**
 * The signs of life of this process. Each replaces the one before; where something else stands there, another process has
 * taken the instance over, and this one has no right to any further effect. Thread-safe.
 */
public final class Heartbeat {

    private final InstanceStore store;
    private final InstantSource clock;
    private final HeartbeatTiming timing;
    private StoredInstance stored;
    /** When the last sign that is stored for sure was begun. */
    private Instant certainSince;

    private Optional<String> lockId;
    private boolean over;
    private volatile boolean lost;

    Heartbeat(InstanceStore store, StoredInstance stored, Instant begun, InstantSource clock, HeartbeatTiming timing) {
        this.store = store;
        this.stored = stored;
        this.certainSince = begun;
        this.clock = clock;
        this.timing = timing;
        this.lockId = stored.record().lockId();
    }

    /** What a sign of life came to. */
    public enum Beat {
        /** It is stored. */
        GIVEN,
        /** The store did not say; the next one is tried all the same. */
        UNSETTLED,
        /** Another process has this instance now, or somebody removed its record. For good. */
        LOST
    }

    /** Gives a sign of life now. */
    public synchronized Beat beat() {
        return lost || over ? Beat.LOST : advance(lockId);
    }

    /**
     * Says which lock this process wants, before it asks for it.
     *
     * @return whether that is stored; only then the lock may be asked for
     */
    synchronized Beat want(String lock) {
        if (lost || over) {
            return Beat.LOST;
        }
        Beat beat = advance(Optional.of(lock));
        if (beat == Beat.GIVEN) {
            lockId = Optional.of(lock);
        }
        return beat;
    }

    /** The lock is neither wanted nor held any more; stored with the next sign of life. */
    public synchronized void forgetLock() {
        lockId = Optional.empty();
    }

    /** The lock that the record names. */
    public synchronized Optional<String> lockId() {
        return lockId;
    }

    /**
     * Whether this process may still act for its instance. After a pause that was long enough for another to take its
     * place it gives a sign of life first, and learns by that.
     */
    synchronized Beat prove() {
        if (lost || over) {
            return Beat.LOST;
        }
        Duration age = Duration.between(certainSince, clock.instant());
        boolean fresh = !age.isNegative() && age.compareTo(timing.certainty()) < 0;
        return fresh ? Beat.GIVEN : advance(lockId);
    }

    /** Whether another process has this instance now. */
    public boolean isLost() {
        return lost;
    }

    /** The process that gives the signs. */
    public synchronized OperationOwner process() {
        return stored.record().process();
    }

    /** What was stored last. */
    synchronized InstanceRecord record() {
        return stored.record();
    }

    /** Says that this process ends with nothing left under way, so that the next one need not wait. */
    public synchronized void stop() {
        if (!lost && !over) {
            over = true;
            write(stored.record().last(clock.instant(), lockId));
        }
    }

    private Beat advance(Optional<String> lock) {
        Instant begun = clock.instant();
        InstanceWrite write = write(stored.record().next(begun, lock));
        if (write instanceof InstanceWrite.Stored done) {
            stored = done.instance();
            certainSince = begun;
            return Beat.GIVEN;
        }
        if (write instanceof InstanceWrite.Lost gone && !(gone.present() instanceof InstanceRead.Unavailable)) {
            lost = true;
            return Beat.LOST;
        }
        return Beat.UNSETTLED;
    }

    /** Where an earlier sign of ours stands there, whose answer was lost, this one goes over it. */
    private InstanceWrite write(InstanceRecord next) {
        InstanceWrite write = store.replace(stored, next);
        if (write instanceof InstanceWrite.Lost gone
                && gone.present() instanceof InstanceRead.Found found
                && found.instance().record().process().equals(next.process())) {
            stored = found.instance();
            InstanceRecord later = new InstanceRecord(
                    next.process(),
                    next.version(),
                    stored.record().heartbeat() + 1,
                    next.heartbeatAt(),
                    next.lockId(),
                    next.stopped());
            return store.replace(stored, later);
        }
        return write;
    }
}
