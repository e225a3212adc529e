package dev.omnigraph.controlplane.instance;

import dev.omnigraph.controlplane.operation.OperationOwner;
import dev.omnigraph.controlplane.storage.StorageUnavailableException;
import java.util.Optional;

/** This process among those that work on the cluster. Thread-safe. */
public interface Presence {

    /** Nobody is told of this process, and it knows of no other: for commands that run outside the service. */
    Presence ALONE = new Presence() {};

    /**
     * Says durably which lock this process is going to ask for.
     *
     * @return whether it may ask for it; false where another process has this instance now
     * @throws StorageUnavailableException where it is not known whether that is stored; the lock is not asked for then
     */
    default boolean announceLock(String lockId) {
        return true;
    }

    /** The lock that was announced is neither wanted nor held any more. */
    default void forgetLock() {}

    /** The lock that was announced stays held, and no later process of this instance is to take it back by itself. */
    default void disownLock() {}

    /**
     * Whether no other process has taken the place of this one.
     *
     * @throws StorageUnavailableException where that is not known
     */
    default boolean isStillOurs() {
        return true;
    }

    /** Whether a process may still be at work. What is not known is not taken for its end. */
    default boolean mayBeAtWork(OperationOwner process) {
        return false;
    }

    /** The last sign of life of a process. */
    default Optional<Sign> signOf(OperationOwner process) {
        return Optional.empty();
    }

    /** The process that announced this lock. */
    default Optional<Sign> holder(String lockId) {
        return Optional.empty();
    }
}
