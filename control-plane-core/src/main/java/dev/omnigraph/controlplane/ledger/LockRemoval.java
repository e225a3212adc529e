package dev.omnigraph.controlplane.ledger;

/** What forcing the lock came to. */
public sealed interface LockRemoval {

    /** The lock as it was found. */
    LockObservation seen();

    record Removed(LockObservation seen) implements LockRemoval {}

    /** A lock is held under another id. */
    record AnotherId(LockObservation seen) implements LockRemoval {}

    /** The lock changed hands while it was being removed; the new one was left. */
    record Moved(LockObservation seen) implements LockRemoval {}

    /** There is no lock, or none that can be read; nothing was removed. */
    record NotUsable(LockObservation seen) implements LockRemoval {}

    record Failed(LockObservation seen, String reason) implements LockRemoval {}
}
