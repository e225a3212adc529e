package dev.omnigraph.controlplane.ledger;

import dev.omnigraph.controlplane.storage.DeleteOutcome;
import dev.omnigraph.controlplane.storage.GetOutcome;
import dev.omnigraph.controlplane.storage.ObjectStore;
import dev.omnigraph.controlplane.storage.VersionTag;

/** The lock while this run holds it. */
public final class HeldLock {

    private final ObjectStore store;
    private final LockDocument document;
    private final VersionTag tag;

    HeldLock(ObjectStore store, LockDocument document, VersionTag tag) {
        this.store = store;
        this.document = document;
        this.tag = tag;
    }

    public String id() {
        return document.lockId();
    }

    /** Whether the stored lock is still this one. An answer that is not certain is a no. */
    public boolean isStillOurs() {
        return store.get(ControlKeys.LOCK) instanceof GetOutcome.Found found
                && found.object().tag().equals(tag);
    }

    /** Gives the lock up, if it is still this one; a lock that another holder took since is left alone. */
    public DeleteOutcome release() {
        return store.deleteIfMatch(ControlKeys.LOCK, tag);
    }
}
