package dev.omnigraph.controlplane.approval;

import dev.omnigraph.controlplane.json.JsonShapeException;
import dev.omnigraph.controlplane.json.JsonValue;
import dev.omnigraph.controlplane.json.TypedObject;
import dev.omnigraph.controlplane.ledger.Consumption;
import dev.omnigraph.controlplane.ledger.Ledger;
import dev.omnigraph.controlplane.storage.PutOutcome;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;

/** Makes the files of approvals say what the ledger says of their use, and the other way round (I6, I7, I8). */
public final class ConsumptionMarks {

    /** What the ledger calls the operation of a mark that names none: the engine's own tool leaves it out. */
    private static final String UNNAMED_OPERATION = "apply";

    private final ApprovalStore approvals;

    public ConsumptionMarks(ApprovalStore approvals) {
        this.approvals = approvals;
    }

    /** Marks an approval that the ledger records as used; false where its file should say so and does not. */
    public boolean follow(String approvalId, Ledger ledger) {
        Optional<ApprovalEntry.StoredArtifact> artifact =
                approvals.read(approvalId).filter(entry -> !entry.isMarked()).flatMap(ApprovalEntry::artifact);
        JsonValue recorded = ledger.approvalRecords().get(approvalId);
        if (artifact.isEmpty() || recorded == null) {
            return true;
        }
        try {
            TypedObject consumption = TypedObject.open(
                    recorded, "", new LinkedHashSet<>(List.of("consumed_at", "consumed_by_operation")));
            return approvals.mark(
                            artifact.get(),
                            consumption.requireString("consumed_at"),
                            consumption.requireString("consumed_by_operation"))
                    instanceof PutOutcome.Done;
        } catch (JsonShapeException e) {
            return false;
        }
    }

    /** What a new ledger has to record of approvals that were used before it was made. */
    public static Ledger rebuild(ApprovalBook book, Ledger ledger) {
        Ledger.Editor editor = ledger.edit();
        book.entries().values().stream()
                .filter(ApprovalEntry::isMarkedConsumed)
                .flatMap(entry -> entry.artifact().stream())
                .map(ApprovalEntry.StoredArtifact::approval)
                .forEach(approval -> editor.putApprovalRecord(
                        approval.approvalId(),
                        Consumption.record(
                                approval.consumedAt().orElseThrow(),
                                approval.consumedByOperation().orElse(UNNAMED_OPERATION))));
        return editor.build();
    }
}
