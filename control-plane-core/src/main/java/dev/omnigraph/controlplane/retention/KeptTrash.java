package dev.omnigraph.controlplane.retention;

import dev.omnigraph.controlplane.approval.ApprovalBook;
import dev.omnigraph.controlplane.approval.ApprovalState;
import dev.omnigraph.controlplane.fault.FaultPoint;
import dev.omnigraph.controlplane.json.JsonObject;
import dev.omnigraph.controlplane.json.JsonString;
import dev.omnigraph.controlplane.ledger.ControlKeys;
import dev.omnigraph.controlplane.ledger.Ledger;
import dev.omnigraph.controlplane.ledger.Trash;
import dev.omnigraph.controlplane.storage.ObjectStore;
import dev.omnigraph.controlplane.storage.TreeRemoval;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** Deleted graphs that an interruption left aside: they go once the ledger or the artifact says that they were approved. */
final class KeptTrash implements Keeping {

    private final ObjectStore store;
    private final Ledger ledger;
    private final ApprovalBook book;
    private final InForce inForce;
    private final Instant now;

    KeptTrash(ObjectStore store, Ledger ledger, ApprovalBook book, InForce inForce, Instant now) {
        this.store = store;
        this.ledger = ledger;
        this.book = book;
        this.inForce = inForce;
        this.now = now;
    }

    @Override
    public String kind() {
        return "trash";
    }

    @Override
    public FaultPoint afterRemoval() {
        return FaultPoint.RETENTION_AFTER_TRASH_EMPTIED;
    }

    @Override
    public List<Candidate> candidates() {
        return new Trash(store)
                .sidecars().stream()
                        .map(sidecar -> new Candidate(ControlKeys.trash(sidecar), () -> look(sidecar)))
                        .toList();
    }

    private Fate look(String sidecar) {
        if (inForce.sidecars().contains(sidecar)) {
            return new Fate.Kept("the operation that moved it there is not settled");
        }
        if (!isUseRecorded(sidecar)) {
            return new Fate.Kept("no approval is recorded as used by the operation that moved it there");
        }
        return Fate.ofRemoval(TreeRemoval.remove(store, ControlKeys.trash(sidecar), removed -> {})
                .map(reason -> "a part of it is left: " + reason));
    }

    private boolean isUseRecorded(String sidecar) {
        Optional<JsonString> name = Optional.of(new JsonString(sidecar));
        return ledger.approvalRecords().values().stream()
                        .anyMatch(record -> record instanceof JsonObject consumption
                                && consumption.get("consumed_by_operation").equals(name))
                || book.entries().values().stream()
                        .filter(entry -> entry.reservedFor().equals(Optional.of(sidecar)))
                        .anyMatch(entry -> entry.state(ledger, now) == ApprovalState.CONSUMED);
    }
}
