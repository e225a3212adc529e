package dev.omnigraph.controlplane.session;

import dev.omnigraph.controlplane.digest.Sha256;
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
 * @param stateFound whether there is a ledger, even one that cannot be read
 * @param revision unsigned 64 bits; 0 where it is not known
 * @param cas the token of the ledger as read, or as written
 * @param locked whether somebody else holds the lock
 * @param holder the other holder, where its lock can be read
 * @param holderAgeSeconds how long that holder has had it
 * @param acquiredLockId the lock that this command took
 */
public record StateObservations(
        String statePath,
        String lockPath,
        boolean stateFound,
        Optional<String> appliedConfigDigest,
        long revision,
        Optional<String> cas,
        int resourceCount,
        boolean locked,
        Optional<LockDocument> holder,
        Optional<Long> holderAgeSeconds,
        Optional<String> acquiredLockId) {

    /** Nothing was looked at yet. */
    public static StateObservations none(StorageRoot root) {
        return new StateObservations(
                root.display(ControlKeys.STATE),
                root.display(ControlKeys.LOCK),
                false,
                Optional.empty(),
                0,
                Optional.empty(),
                0,
                false,
                Optional.empty(),
                Optional.empty(),
                Optional.empty());
    }

    /** With what reading the ledger showed. */
    public StateObservations with(LedgerRead read) {
        if (read instanceof LedgerRead.Present present) {
            return with(present.stored());
        }
        if (read instanceof LedgerRead.Unusable unusable) {
            return new StateObservations(
                    statePath,
                    lockPath,
                    true,
                    Optional.empty(),
                    0,
                    unusable.cas(),
                    0,
                    locked,
                    holder,
                    holderAgeSeconds,
                    acquiredLockId);
        }
        return this;
    }

    /** With a ledger that was read or written. */
    public StateObservations with(StoredLedger stored) {
        Ledger ledger = stored.ledger();
        return new StateObservations(
                statePath,
                lockPath,
                true,
                ledger.configDigest(),
                ledger.revision(),
                Optional.of(Sha256.prefixed(stored.object().bytes())),
                ledger.resources().size(),
                locked,
                holder,
                holderAgeSeconds,
                acquiredLockId);
    }

    /** With a lock that somebody else may hold. */
    public StateObservations with(LockObservation lock, Instant now) {
        if (lock instanceof LockObservation.Free || lock instanceof LockObservation.Unknown) {
            return this;
        }
        Optional<LockDocument> document =
                lock instanceof LockObservation.Held held ? Optional.of(held.document()) : Optional.empty();
        return new StateObservations(
                statePath,
                lockPath,
                stateFound,
                appliedConfigDigest,
                revision,
                cas,
                resourceCount,
                true,
                document,
                document.flatMap(holding -> holding.ageSeconds(now)),
                acquiredLockId);
    }

    /** With the lock that this command took. */
    public StateObservations withAcquired(String lockId) {
        return new StateObservations(
                statePath,
                lockPath,
                stateFound,
                appliedConfigDigest,
                revision,
                cas,
                resourceCount,
                locked,
                holder,
                holderAgeSeconds,
                Optional.of(lockId));
    }

    /** With the other holder's lock gone; who it was stays to be seen. */
    public StateObservations withLockRemoved() {
        return new StateObservations(
                statePath,
                lockPath,
                stateFound,
                appliedConfigDigest,
                revision,
                cas,
                resourceCount,
                false,
                holder,
                holderAgeSeconds,
                acquiredLockId);
    }

    /** The observations with their keys in wire order. */
    public JsonObject toJson() {
        JsonObject.Builder json = JsonObject.builder()
                .put("state_path", statePath)
                .put("lock_path", lockPath)
                .put("state_found", stateFound)
                .putIfPresent("applied_config_digest", appliedConfigDigest)
                .put("state_revision", new JsonNumber(Long.toUnsignedString(revision)))
                .putIfPresent("state_cas", cas)
                .put("resource_count", resourceCount)
                .put("locked", locked)
                .putIfPresent("lock_id", holder.map(LockDocument::lockId))
                .put("lock_acquired", acquiredLockId.isPresent())
                .putIfPresent("acquired_lock_id", acquiredLockId);
        holder.ifPresent(document -> json.put("lock_operation", document.operation())
                .put("lock_created_at", document.createdAt())
                .put("lock_pid", document.pid()));
        holderAgeSeconds.ifPresent(age -> json.put("lock_age_seconds", age));
        return json.build();
    }
}
