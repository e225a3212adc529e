package dev.omnigraph.controlplane.recovery;

import dev.omnigraph.controlplane.diagnostic.Diagnostic;
import dev.omnigraph.controlplane.diagnostic.DiagnosticCode;
import dev.omnigraph.controlplane.diagnostic.Severity;
import dev.omnigraph.controlplane.digest.ResourceAddress;
import dev.omnigraph.controlplane.ledger.ControlKeys;
import dev.omnigraph.controlplane.ledger.Sidecar;
import dev.omnigraph.controlplane.session.ClusterContext;
import dev.omnigraph.controlplane.storage.MoveOutcome;
import dev.omnigraph.controlplane.storage.ObjectKey;
import dev.omnigraph.controlplane.storage.StorageRoot;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BooleanSupplier;

/**
 * Moves graphs back to their roots that a delete had moved aside and had not yet found to be what was approved: whether
 * it goes on is decided anew, from where it began. To be used under the lock, before anything looks at roots.
 */
public final class TrashReturn {

    private final ClusterContext context;

    public TrashReturn(ClusterContext context) {
        this.context = context;
    }

    /**
     * Moves back what is to be moved back.
     *
     * @param aside what the sweep found aside
     * @param mayAct asked before each move; false ends the work
     * @return what could not be moved back
     */
    public List<Diagnostic> run(List<Sweep.UnfinishedDelete> aside, BooleanSupplier mayAct) {
        List<Diagnostic> findings = new ArrayList<>();
        for (Sweep.UnfinishedDelete delete : aside) {
            if (!mayAct.getAsBoolean()) {
                return findings;
            }
            moveBack(delete.sidecar(), findings);
        }
        return findings;
    }

    private void moveBack(Sidecar sidecar, List<Diagnostic> findings) {
        ObjectKey aside = ControlKeys.trash(sidecar.operationId(), sidecar.graphId());
        MoveOutcome back = context.store().move(aside, StorageRoot.graphKey(sidecar.graphId()));
        if (back instanceof MoveOutcome.Done) {
            context.store().removeTree(ControlKeys.trash(sidecar.operationId()), removed -> {}); // the empty folder
            return;
        }
        findings.add(new Diagnostic(
                DiagnosticCode.GRAPH_DELETE_INCOMPLETE,
                Severity.ERROR,
                new ResourceAddress.Graph(sidecar.graphId()).text(),
                "an interrupted delete had moved the graph aside, and it could not be moved back from "
                        + context.root().display(aside) + "; nothing of it was removed"));
    }
}
