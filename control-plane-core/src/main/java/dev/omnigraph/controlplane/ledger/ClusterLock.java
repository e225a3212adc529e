package dev.omnigraph.controlplane.ledger;

import dev.omnigraph.controlplane.diagnostic.Diagnostic;
import dev.omnigraph.controlplane.diagnostic.DiagnosticCode;
import dev.omnigraph.controlplane.id.IdSource;
import dev.omnigraph.controlplane.id.Pause;
import dev.omnigraph.controlplane.storage.DeleteOutcome;
import dev.omnigraph.controlplane.storage.GetOutcome;
import dev.omnigraph.controlplane.storage.ObjectStore;
import dev.omnigraph.controlplane.storage.PutOutcome;
import dev.omnigraph.controlplane.storage.StoredObject;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;

/**
 * The one lock of a cluster, which the engine's own tools honour too (control-plane.md 5). It has no expiry: a holder that
 * died keeps it until someone forces it. Thread-safe.
 */
public final class ClusterLock {

    /** Between two looks at a lock that somebody else holds. */
    private static final Duration POLL_INTERVAL = Duration.ofMillis(100);

    private final ObjectStore store;
    private final InstantSource clock;
    private final IdSource ids;
    private final Pause pause;
    private final long pid;

    /**
     * A lock in a store.
     *
     * @param pid the process that the lock document names, unsigned 32 bits
     */
    public ClusterLock(ObjectStore store, InstantSource clock, IdSource ids, Pause pause, long pid) {
        this.store = store;
        this.clock = clock;
        this.ids = ids;
        this.pause = pause;
        this.pid = pid;
    }

    /** An id for a lock that nobody had before. */
    public String newId() {
        return ids.nextUlid();
    }

    /**
     * Takes the lock.
     *
     * @param lockId under which it is held then, from {@link #newId}; it tells a lock of ours that landed late
     * @param operation the command, as the lock document names it
     * @param deadline until when to wait for another holder; one that is over does not wait
     * @throws InterruptedException when told to stop while waiting; no lock is held then
     */
    public LockAttempt acquire(String lockId, String operation, Instant deadline) throws InterruptedException {
        LockAttempt attempt = tryOnce(lockId, operation);
        while (attempt instanceof LockAttempt.HeldByAnother && clock.instant().isBefore(deadline)) {
            pause.forDuration(POLL_INTERVAL);
            attempt = tryOnce(lockId, operation);
        }
        return attempt;
    }

    /** Looks who holds the lock. */
    public LockObservation observe() {
        return observation(store.get(ControlKeys.LOCK));
    }

    /** Takes the lock away from the holder with this id, and from nobody else. */
    public LockRemoval remove(String lockId) {
        GetOutcome outcome = store.get(ControlKeys.LOCK);
        LockObservation seen = observation(outcome);
        if (!(outcome instanceof GetOutcome.Found found) || !(seen instanceof LockObservation.Held held)) {
            return new LockRemoval.NotUsable(seen);
        }
        if (!held.document().lockId().equals(lockId)) {
            return new LockRemoval.AnotherId(seen);
        }
        DeleteOutcome removal =
                store.deleteIfMatch(ControlKeys.LOCK, found.object().tag());
        if (removal instanceof DeleteOutcome.Done) {
            return new LockRemoval.Removed(seen);
        }
        if (removal instanceof DeleteOutcome.Lost) {
            return new LockRemoval.Moved(seen);
        }
        return new LockRemoval.Failed(
                seen,
                removal instanceof DeleteOutcome.Refused refused
                        ? refused.reason()
                        : ((DeleteOutcome.Unknown) removal).reason());
    }

    private LockAttempt tryOnce(String lockId, String operation) {
        LockDocument document = new LockDocument(lockId, operation, WireTime.format(clock.instant()), pid);
        byte[] bytes = document.write().getBytes(StandardCharsets.UTF_8);
        PutOutcome outcome = store.putIfAbsent(ControlKeys.LOCK, bytes);
        if (outcome instanceof PutOutcome.Unknown) {
            outcome = store.putIfAbsent(ControlKeys.LOCK, bytes);
        }
        if (outcome instanceof PutOutcome.Done done) {
            return new LockAttempt.Acquired(new HeldLock(store, document, done.tag()));
        }
        if (outcome instanceof PutOutcome.Lost lost) {
            // An attempt without an answer may have been the one that won: ours is told by its id.
            LockObservation present = observation(lost.present());
            return lost.present() instanceof GetOutcome.Found found
                            && present instanceof LockObservation.Held held
                            && held.document().lockId().equals(lockId)
                    ? new LockAttempt.Acquired(
                            new HeldLock(store, held.document(), found.object().tag()))
                    : new LockAttempt.HeldByAnother(present);
        }
        if (outcome instanceof PutOutcome.Refused refused) {
            return new LockAttempt.Refused(refused.reason());
        }
        return new LockAttempt.Unknown(((PutOutcome.Unknown) outcome).reason());
    }

    private static LockObservation observation(GetOutcome outcome) {
        if (outcome instanceof GetOutcome.Found found) {
            return parse(found.object());
        }
        if (outcome instanceof GetOutcome.Absent) {
            return new LockObservation.Free();
        }
        if (outcome instanceof GetOutcome.Unusable unusable) {
            return unreadable(DiagnosticCode.STATE_LOCK_READ_ERROR, unusable.reason());
        }
        return new LockObservation.Unknown(((GetOutcome.Unknown) outcome).reason());
    }

    private static LockObservation parse(StoredObject object) {
        Optional<String> text = object.text();
        if (text.isEmpty()) {
            return unreadable(DiagnosticCode.STATE_LOCK_READ_ERROR, "the lock is not UTF-8 text");
        }
        try {
            return new LockObservation.Held(LockDocument.read(text.get()));
        } catch (InvalidDocumentException e) {
            DiagnosticCode code = switch (e.kind()) {
                case MALFORMED -> DiagnosticCode.INVALID_STATE_LOCK;
                case UNSUPPORTED_VERSION -> DiagnosticCode.UNSUPPORTED_STATE_LOCK_VERSION;
            };
            return unreadable(code, e.getMessage());
        }
    }

    private static LockObservation unreadable(DiagnosticCode code, String reason) {
        return new LockObservation.Unreadable(Diagnostic.of(code, ControlKeys.LOCK.path(), reason));
    }
}
