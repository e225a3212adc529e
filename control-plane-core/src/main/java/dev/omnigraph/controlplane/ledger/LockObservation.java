package dev.omnigraph.controlplane.ledger;

import dev.omnigraph.controlplane.diagnostic.Diagnostic;

/** What looking at the lock came to (control-plane.md 5.5). */
public sealed interface LockObservation {

    /** Nobody holds it. */
    record Free() implements LockObservation {}

    record Held(LockDocument document) implements LockObservation {}

    /** Somebody holds it; who cannot be read. */
    record Unreadable(Diagnostic diagnostic) implements LockObservation {}

    /** The storage did not answer. */
    record Unknown(String reason) implements LockObservation {}
}
