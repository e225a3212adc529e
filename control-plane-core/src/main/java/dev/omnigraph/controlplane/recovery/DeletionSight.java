package dev.omnigraph.controlplane.recovery;

import dev.omnigraph.controlplane.approval.ApprovalEntry;
import dev.omnigraph.controlplane.approval.ApprovalStore;
import dev.omnigraph.controlplane.ledger.ControlKeys;
import dev.omnigraph.controlplane.ledger.Sidecar;
import dev.omnigraph.controlplane.operation.SidecarNotes;
import dev.omnigraph.controlplane.storage.ObjectKey;
import dev.omnigraph.controlplane.storage.ObjectStore;
import dev.omnigraph.controlplane.storage.PrefixOutcome;
import dev.omnigraph.controlplane.storage.StorageRoot;
import dev.omnigraph.controlplane.storage.StorageUnavailableException;

/** Looks at what an unfinished delete has left. Reads only. */
final class DeletionSight {

    private final ObjectStore store;
    private final ApprovalStore approvals;
    private final SidecarNotes notes;

    DeletionSight(ObjectStore store, StorageRoot root) {
        this.store = store;
        this.approvals = new ApprovalStore(store, root);
        this.notes = new SidecarNotes(store);
    }

    /**
     * Looks.
     *
     * @throws StorageUnavailableException where the storage does not answer
     */
    RootObservation.Deletion of(Sidecar sidecar) {
        return new RootObservation.Deletion(
                isStored(StorageRoot.graphKey(sidecar.graphId())),
                isStored(ControlKeys.trash(sidecar.operationId(), sidecar.graphId())),
                notes.isRemovalStarted(sidecar.operationId()),
                isReserved(sidecar));
    }

    private boolean isReserved(Sidecar sidecar) {
        return sidecar.approvalId()
                .flatMap(approvals::read)
                .flatMap(ApprovalEntry::reservedFor)
                .filter(sidecar.operationId()::equals)
                .isPresent();
    }

    private boolean isStored(ObjectKey key) {
        PrefixOutcome exists = store.exists(key);
        if (exists instanceof PrefixOutcome.Unknown unknown) {
            throw new StorageUnavailableException(
                    "whether anything is stored at " + key + " is not known: " + unknown.reason());
        }
        return exists instanceof PrefixOutcome.Present;
    }
}
