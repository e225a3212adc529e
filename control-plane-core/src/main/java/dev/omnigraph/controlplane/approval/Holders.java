package dev.omnigraph.controlplane.approval;

import dev.omnigraph.controlplane.ledger.ControlKeys;
import dev.omnigraph.controlplane.ledger.LedgerRead;
import dev.omnigraph.controlplane.ledger.LedgerStore;
import dev.omnigraph.controlplane.storage.GetOutcome;
import dev.omnigraph.controlplane.storage.ObjectKey;
import dev.omnigraph.controlplane.storage.ObjectStore;
import dev.omnigraph.controlplane.storage.StorageRoot;
import dev.omnigraph.controlplane.storage.StorageUnavailableException;

/**
 * Whether the operation that reserved an approval can still use it. A reservation whose sidecar is gone, with neither a
 * record in the ledger nor a mark in the artifact, is void (I7). Reads afresh with each question. Thread-safe.
 */
public final class Holders {

    private final ObjectStore store;
    private final ApprovalStore approvals;

    public Holders(ObjectStore store, StorageRoot root) {
        this.store = store;
        this.approvals = new ApprovalStore(store, root);
    }

    /**
     * Whether this sidecar's reservation of this approval counts no more. The sidecar is looked at first: it is retired
     * after ledger and artifact are written, so where it is gone, they tell whether the approval was used.
     *
     * @throws StorageUnavailableException where the storage does not answer
     */
    public boolean isVoid(String approvalId, String sidecar) {
        return !isHeld(sidecar) && !isConsumed(approvalId);
    }

    /**
     * Whether this sidecar is pending, or was set aside by an admin: then nobody knows whether its operation went on.
     *
     * @throws StorageUnavailableException where the storage does not answer
     */
    public boolean isHeld(String sidecar) {
        return isThere(ControlKeys.sidecar(sidecar)) || isThere(ControlKeys.quarantine(sidecar + ".json"));
    }

    private boolean isThere(ObjectKey key) {
        GetOutcome outcome = store.get(key);
        if (outcome instanceof GetOutcome.Unknown unknown) {
            throw new StorageUnavailableException("whether " + key + " is there is not known: " + unknown.reason());
        }
        return !(outcome instanceof GetOutcome.Absent);
    }

    private boolean isConsumed(String approvalId) {
        LedgerRead read = new LedgerStore(store).read();
        if (read instanceof LedgerRead.Unknown unknown) {
            throw new StorageUnavailableException("the ledger cannot be read: " + unknown.reason());
        }
        boolean isRecorded = read instanceof LedgerRead.Present present
                && present.stored().ledger().approvalRecords().containsKey(approvalId);
        // A ledger that cannot be read may have the record.
        return isRecorded
                || read instanceof LedgerRead.Unusable
                || approvals
                        .read(approvalId)
                        .filter(ApprovalEntry::isMarkedConsumed)
                        .isPresent();
    }
}
