package dev.omnigraph.controlplane.recovery;

import dev.omnigraph.controlplane.diagnostic.Diagnostic;
import dev.omnigraph.controlplane.diagnostic.DiagnosticCode;
import dev.omnigraph.controlplane.digest.ResourceAddress;
import dev.omnigraph.controlplane.graph.GraphRoot;
import dev.omnigraph.controlplane.graph.WriterHold;
import dev.omnigraph.controlplane.ledger.Sidecar;
import dev.omnigraph.controlplane.ledger.SidecarKind;
import dev.omnigraph.controlplane.session.ClusterContext;
import dev.omnigraph.controlplane.storage.StorageUnavailableException;
import java.util.ArrayList;
import java.util.List;

/**
 * Sidecars of schema applies that died or gave up inside their graph. What the ledger says of such a graph is true, and yet the engine
 * has still to finish or undo what was begun, which only apply lets it do. Until then the sidecar stays: it is what the
 * next apply goes by, and what holds the approval that the migration may come to use.
 */
public final class HeldGraphs {

    private final ClusterContext context;

    public HeldGraphs(ClusterContext context) {
        this.context = context;
    }

    /**
     * Those sidecars of a sweep that a command which changes no graph leaves for the next apply.
     *
     * @param done what the sweep would retire
     * @throws StorageUnavailableException where the storage does not answer
     */
    public List<Sidecar> among(List<Sidecar> done) {
        List<Sidecar> held = new ArrayList<>();
        for (Sidecar sidecar : done) {
            if (sidecar.kind() == SidecarKind.SCHEMA_APPLY && isHeld(sidecar.graphId())) {
                held.add(sidecar);
            }
        }
        return held;
    }

    /** What a person has to know of such a sidecar. */
    public static Diagnostic finding(Sidecar held) {
        return Diagnostic.of(
                DiagnosticCode.CLUSTER_RECOVERY_PENDING,
                new ResourceAddress.Graph(held.graphId()).text(),
                "a schema apply was interrupted inside the graph and keeps writers out of it; the next apply finishes or"
                        + " undoes it, and its recovery record stays until then");
    }

    private boolean isHeld(String graph) {
        GraphRoot root = context.root().graphRoot(graph);
        WriterHold hold =
                context.engine().hold(root, branch -> context.lockBranches().areLeftByEnded(graph, branch));
        if (hold instanceof WriterHold.Unknown unknown) {
            throw new StorageUnavailableException(root + " cannot be looked at: " + unknown.reason());
        }
        return hold instanceof WriterHold.Held;
    }
}
