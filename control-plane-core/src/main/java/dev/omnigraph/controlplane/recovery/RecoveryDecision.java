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

    /** Nothing has to be recorded: the operation never landed, or its outcome is in the ledger. The intent is retired. */
    record Retire(String row) implements RecoveryDecision {}

    /**
     * The operation landed and the ledger does not know: the ledger is moved to what was observed, and the intent is
     * retired.
     */
    record RollForward(String row, String schemaDigest) implements RecoveryDecision {}

    /** A root that holds no usable graph; a person looks at it. The intent stays. */
    record KeepIncomplete(String row, String reason) implements RecoveryDecision {}

    /** The graph is neither as recorded nor as intended. The intent stays until a refresh has recorded what is there. */
    record KeepDrifted(String row) implements RecoveryDecision {}

    /** Nothing can be told yet; nothing is recorded. The intent stays. */
    record KeepUndecided(String row, String reason) implements RecoveryDecision {}

    /** Decides. The same arguments give the same decision. */
    static RecoveryDecision of(Sidecar sidecar, RootObservation observation, Ledger ledger) {
        return switch (sidecar.kind()) {
            case GRAPH_CREATE -> ofCreate(sidecar, observation, ledger);
            case SCHEMA_APPLY -> ofSchemaApply(sidecar, observation, ledger);
            case GRAPH_DELETE ->
                new KeepUndecided("7-8", "this version of the service does not finish an interrupted graph delete");
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
        if (recorded.equals(Optional.of(opened.schemaDigest()))) {
            return new Retire(recordedRow);
        }
        return opened.schemaDigest().equals(sidecar.desiredSchemaDigest())
                ? new RollForward(landedRow, opened.schemaDigest())
                : new KeepDrifted("6");
    }
}
