package dev.omnigraph.controlplane.ledger;

import dev.omnigraph.controlplane.digest.Sha256;
import dev.omnigraph.controlplane.storage.StoredObject;

/**
 * A ledger as it was read, with what a later write of it is conditioned on.
 *
 * @param object the document's bytes and the store's tag of them
 */
public record StoredLedger(Ledger ledger, StoredObject object) {

    /** The token that outputs and sidecars show: {@code sha256:} over the document as read (control-plane.md 3.7). */
    public String cas() {
        return Sha256.prefixed(object.bytes());
    }
}
