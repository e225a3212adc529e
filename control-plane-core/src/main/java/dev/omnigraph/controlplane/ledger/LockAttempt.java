package dev.omnigraph.controlplane.ledger;

/** What trying to take the lock came to. */
public sealed interface LockAttempt {

    record Acquired(HeldLock lock) implements LockAttempt {}

    /** Somebody else has it, still after waiting. */
    record HeldByAnother(LockObservation holder) implements LockAttempt {}

    /** The storage refused to store a lock; none is held. */
    record Refused(String reason) implements LockAttempt {}

    /** Whether the lock was stored is not known. */
    record Unknown(String reason) implements LockAttempt {}
}
