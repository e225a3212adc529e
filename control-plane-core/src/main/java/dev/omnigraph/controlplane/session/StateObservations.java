package dev.omnigraph.controlplane.session;

import dev.omnigraph.controlplane.json.JsonNumber;
import dev.omnigraph.controlplane.json.JsonObject;
import dev.omnigraph.controlplane.ledger.ControlKeys;
import dev.omnigraph.controlplane.ledger.Ledger;
import dev.omnigraph.controlplane.ledger.LedgerRead;
import dev.omnigraph.controlplane.ledger.LockDocument;
import dev.omnigraph.controlplane.ledger.LockObservation;
import dev.omnigraph.controlplane.ledger.StoredLedger;
import dev.omnigraph.controlplane.storage.StorageRoot;
import java.time.Instant;
import java.util.Optional;

/**
 * What a command saw of ledger and lock (control-plane.md 7.1).
 *
 * @param acquiredLockId the lock that this command took
 */
public record StateObservations(
        String statePath, String lockPath, LedgerSeen ledger, ForeignLock lock, Optional<String> acquiredLockId) {

    /**
     * The ledger.
     *
     * @param found whether there is one, even one that cannot be read
     * @param revision unsigned 64 bits; 0 where it is not known
     * @param cas the token of the ledger as read, or as written
     */
    public record LedgerSeen(
            boolean found, Optional<String> configDigest, long revision, Optional<String> cas, int resourceCount) {

        private static final LedgerSeen NONE = new LedgerSeen(false, Optional.empty(), 0, Optional.empty(), 0);

        private static LedgerSeen of(StoredLedger stored) {
            Ledger ledger = stored.ledger();
            return new LedgerSeen(
                    true,
                    ledger.configDigest(),
                    ledger.revision(),
                    Optional.of(stored.cas()),
                    ledger.resources().size());
        }
    }

    /**
     * The lock of somebody else.
     *
     * @param held whether somebody else holds the lock
     * @param holder who holds it, or held it until it was removed; empty where the lock cannot be read
     * @param ageSeconds how long that holder has had it
     */
    public record ForeignLock(boolean held, Optional<LockDocument> holder, Optional<Long> ageSeconds) {

        private static final ForeignLock NONE = new ForeignLock(false, Optional.empty(), Optional.empty());
    }

    /** Nothing was looked at yet. */
    public static StateObservations none(StorageRoot root) {
        return new StateObservations(
                root.display(ControlKeys.STATE),
                root.display(ControlKeys.LOCK),
                LedgerSeen.NONE,
                ForeignLock.NONE,
                Optional.empty());
    }

    /** The token of the ledger as read, or as written. */
    public Optional<String> cas() {
        return ledger.cas();
    }

    /** The other holder of the lock, where its lock can be read. */
    public Optional<LockDocument> holder() {
        return lock.holder();
    }

    /** With what reading the ledger showed. */
    public StateObservations with(LedgerRead read) {
        if (read instanceof LedgerRead.Present present) {
            return with(present.stored());
        }
        if (read instanceof LedgerRead.Unusable unusable) {
            return with(new LedgerSeen(true, Optional.empty(), 0, unusable.cas(), 0));
        }
        return this;
    }

    /** With a ledger that was read or written. */
    public StateObservations with(StoredLedger stored) {
        return with(LedgerSeen.of(stored));
    }

    /** With a lock that somebody else may hold. */
    public StateObservations with(LockObservation seen, Instant now) {
        if (seen instanceof LockObservation.Free || seen instanceof LockObservation.Unknown) {
            return this;
        }
        Optional<LockDocument> document =
                seen instanceof LockObservation.Held held ? Optional.of(held.document()) : Optional.empty();
        return with(new ForeignLock(true, document, document.flatMap(holding -> holding.ageSeconds(now))));
    }

    /** With the other holder's lock gone; who it was stays to be seen. */
    public StateObservations withLockRemoved() {
        return with(new ForeignLock(false, lock.holder(), lock.ageSeconds()));
    }

    /** With the lock that this command took. */
    public StateObservations withAcquired(String lockId) {
        return new StateObservations(statePath, lockPath, ledger, lock, Optional.of(lockId));
    }

    private StateObservations with(LedgerSeen seen) {
        return new StateObservations(statePath, lockPath, seen, lock, acquiredLockId);
    }

    private StateObservations with(ForeignLock seen) {
        return new StateObservations(statePath, lockPath, ledger, seen, acquiredLockId);
    }

    /** The observations with their keys in wire order. */
    public JsonObject toJson() {
        JsonObject.Builder json = JsonObject.builder()
                .put("state_path", statePath)
                .put("lock_path", lockPath)
                .put("state_found", ledger.found())
                .putIfPresent("applied_config_digest", ledger.configDigest())
                .put("state_revision", new JsonNumber(Long.toUnsignedString(ledger.revision())))
                .putIfPresent("state_cas", ledger.cas())
                .put("resource_count", ledger.resourceCount())
                .put("locked", lock.held())
                .putIfPresent("lock_id", lock.holder().map(LockDocument::lockId))
                .put("lock_acquired", acquiredLockId.isPresent())
                .putIfPresent("acquired_lock_id", acquiredLockId);
        lock.holder()
                .ifPresent(document -> json.put("lock_operation", document.operation())
                        .put("lock_created_at", document.createdAt())
                        .put("lock_pid", document.pid()));
        lock.ageSeconds().ifPresent(age -> json.put("lock_age_seconds", age));
        return json.build();
    }
}
