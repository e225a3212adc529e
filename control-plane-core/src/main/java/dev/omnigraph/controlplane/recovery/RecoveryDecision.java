package dev.omnigraph.controlplane.recovery;

import dev.omnigraph.controlplane.digest.ResourceAddress;
import dev.omnigraph.controlplane.ledger.Ledger;
import dev.omnigraph.controlplane.ledger.Sidecar;
import java.util.Optional;

/**
 * What becomes of a sidecar: a pure function of the intent, of what stands at the graph's root, and of the ledger
 * (control-plane.md 10.1 to 10.3). Version numbers decide nothing, digests do.
 */
public sealed interface RecoveryDecision {

    /** The row of the design's decision matrix, for people. */
    String row();

    /** Why, for people. */
    String why();

    /** Nothing has to be recorded: the operation never landed, or its outcome is in the ledger. The intent is retired. */
    record Retire(String row) implements RecoveryDecision {
        @Override
        public String why() {
            return "the operation never landed, or its outcome is recorded; the record is retired";
        }
    }

    /**
     * The operation landed and the ledger does not know: the ledger is moved to what was observed, and the intent is
     * retired.
     */
    record RollForward(String row, String schemaDigest) implements RecoveryDecision {
        @Override
        public String why() {
            return "the operation landed and the ledger does not know; the ledger is moved to what is there";
        }
    }

    /** A root that holds no usable graph; a person looks at it. The intent stays. */
    record KeepIncomplete(String row, String reason) implements RecoveryDecision {
        @Override
        public String why() {
            return reason;
        }
    }

    /** The graph is neither as recorded nor as intended. The intent stays until a refresh has recorded what is there. */
    record KeepDrifted(String row) implements RecoveryDecision {
        @Override
        public String why() {
            return "the graph is neither as recorded nor as intended; run refresh to record what is there";
        }
    }

    /** A delete that another tool began and that did not get to remove the graph: it is given up, its intent retired. */
    record GiveUp(String row) implements RecoveryDecision {
        @Override
        public String why() {
            return "another tool began a delete and did not finish it; it is given up";
        }
    }

    /**
     * A delete of ours that is not finished. An apply goes on with it if it is still planned and approved; if not, it is
     * given up, unless its removal has begun.
     */
    record Resume(String row, boolean begun, boolean aside) implements RecoveryDecision {
        @Override
        public String why() {
            return begun
                    ? "the removal of the graph has begun; an apply goes on with it while it is approved"
                    : "nothing was removed yet; an apply goes on with it while it is planned and approved";
        }
    }

    /** A delete that landed and the ledger does not know: the graph leaves the ledger, and the intent is retired. */
    record RecordRemoval(String row) implements RecoveryDecision {
        @Override
        public String why() {
            return "the graph is gone and the ledger does not know; it leaves the ledger";
        }
    }

    /** Nothing can be told yet; nothing is recorded. The intent stays. */
    record KeepUndecided(String row, String reason) implements RecoveryDecision {
        @Override
        public String why() {
            return reason;
        }
    }

    /** Decides. The same arguments give the same decision. */
    static RecoveryDecision of(Sidecar sidecar, RootObservation observation, Ledger ledger) {
        return switch (sidecar.kind()) {
            case GRAPH_CREATE -> ofCreate(sidecar, observation, ledger);
            case SCHEMA_APPLY -> ofSchemaApply(sidecar, observation, ledger);
            case GRAPH_DELETE -> ofDelete(sidecar, (RootObservation.Deletion) observation, ledger);
        };
    }

    private static RecoveryDecision ofCreate(Sidecar sidecar, RootObservation observation, Ledger ledger) {
        if (observation instanceof RootObservation.Absent) {
            return new Retire("1");
        }
        if (observation instanceof RootObservation.NotOpenable broken) {
            return new KeepIncomplete("5", broken.reason());
        }
        return ofOpened(sidecar, (RootObservation.Opened) observation, ledger, "2", "4");
    }

    private static RecoveryDecision ofSchemaApply(Sidecar sidecar, RootObservation observation, Ledger ledger) {
        if (isApprovalUsed(sidecar, ledger)) {
            return new Retire("1 or 2"); // written with the new schema, so another one at the root is a later one
        }
        if (observation instanceof RootObservation.Opened opened) {
            return ofOpened(sidecar, opened, ledger, "1 or 2", "3");
        }
        String reason = observation instanceof RootObservation.NotOpenable broken
                ? broken.reason()
                : "nothing is stored at the root of the graph";
        return new KeepUndecided("6", reason);
    }

    private static RecoveryDecision ofOpened(
            Sidecar sidecar, RootObservation.Opened opened, Ledger ledger, String recordedRow, String landedRow) {
        Optional<String> recorded = ledger.digestOf(new ResourceAddress.Schema(sidecar.graphId()));
        boolean landed = opened.schemaDigest().equals(sidecar.desiredSchemaDigest());
        // Another tool may have recorded the schema, and does not know that an approval was used.
        boolean useIsMissing = landed && sidecar.approvalId().isPresent();
        if (recorded.equals(Optional.of(opened.schemaDigest())) && !useIsMissing) {
            return new Retire(recordedRow);
        }
        return landed ? new RollForward(landedRow, opened.schemaDigest()) : new KeepDrifted("6");
    }

    private static RecoveryDecision ofDelete(Sidecar sidecar, RootObservation.Deletion seen, Ledger ledger) {
        if (isApprovalUsed(sidecar, ledger)) {
            return new Retire("7"); // written with the removal, so a graph that stands at the root is a later one
        }
        if (seen.atRoot() && seen.aside()) {
            return new KeepUndecided(
                    "8", "the graph that is being deleted was moved aside, and another one stands at its root since");
        }
        if (seen.atRoot()) {
            return seen.ours() || seen.begun() ? new Resume("8", seen.begun(), false) : new GiveUp("8");
        }
        if (seen.aside() && !seen.begun()) {
            return new Resume("8", false, true);
        }
        // A ledger that was made anew since does not know that an approval of ours was used.
        boolean removalRecorded = !seen.ours()
                && ledger.entry(new ResourceAddress.Graph(sidecar.graphId())).isEmpty();
        return removalRecorded ? new Retire("7") : new RecordRemoval("7b");
    }

    private static boolean isApprovalUsed(Sidecar sidecar, Ledger ledger) {
        return sidecar.approvalId()
                .filter(id -> ledger.approvalRecords().containsKey(id))
                .isPresent();
    }
}
