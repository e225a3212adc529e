package dev.omnigraph.controlplane.apply;

import dev.omnigraph.controlplane.approval.Applier;
import dev.omnigraph.controlplane.config.DesiredCluster;
import dev.omnigraph.controlplane.diagnostic.Diagnostic;
import dev.omnigraph.controlplane.diagnostic.DiagnosticCode;
import dev.omnigraph.controlplane.diagnostic.Severity;
import dev.omnigraph.controlplane.digest.ResourceAddress;
import dev.omnigraph.controlplane.graph.GraphObservation;
import dev.omnigraph.controlplane.graph.SchemaPreview;
import dev.omnigraph.controlplane.ledger.ClusterArea;
import dev.omnigraph.controlplane.ledger.ControlKeys;
import dev.omnigraph.controlplane.ledger.GraphRoots;
import dev.omnigraph.controlplane.ledger.Ledger;
import dev.omnigraph.controlplane.plan.PlanFacts;
import dev.omnigraph.controlplane.recovery.Sweep;
import dev.omnigraph.controlplane.session.ClusterContext;
import dev.omnigraph.controlplane.session.Sight;
import dev.omnigraph.controlplane.storage.StorageRoot;
import dev.omnigraph.controlplane.storage.StorageUnavailableException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeSet;

/**
 * What there is to know before planning, looked at once: the recovery sidecars, which recorded graphs still have a root,
 * the live schema of graphs whose record lost it, and what changed schemas would do. Plan and apply survey by this same code.
 *
 * @param sweep the sidecars and what becomes of them; its ledger is the one to plan from
 * @param missingGraphs declared and recorded graphs at whose root nothing is stored
 * @param allGraphsMissing every recorded root is gone at once, so that rather the storage is in doubt than the graphs
 * @param liveSchemas schema digests by graph id
 * @param previews by graph id, what changed schemas would do
 * @param gates the changes that need a human decision, and what was decided
 * @param diagnostics findings of the sweep and of the survey, in this order
 */
public record Survey(
        Sweep.Result sweep,
        Set<String> missingGraphs,
        boolean allGraphsMissing,
        Map<String, String> liveSchemas,
        SortedMap<String, SchemaPreview> previews,
        GateSurvey gates,
        List<Diagnostic> diagnostics) {

    /**
     * Surveys where nothing is going to be applied.
     *
     * @throws StorageUnavailableException where the storage does not answer; nothing is decided then
     */
    public static Survey take(ClusterContext context, DesiredCluster desired, Ledger recorded) {
        return take(context, desired, recorded, Sight.begin(context));
    }

    /**
     * Surveys where nothing is going to be applied, and a look was begun.
     *
     * @param sight with which the ledger was read
     * @throws StorageUnavailableException where the storage does not answer; nothing is decided then
     */
    public static Survey take(ClusterContext context, DesiredCluster desired, Ledger recorded, Sight sight) {
        return take(context, desired, recorded, sight, new Applier.Undetermined());
    }

    /**
     * Surveys.
     *
     * @param sight with which the ledger was read
     * @param applier who is going to apply what comes of it
     * @throws StorageUnavailableException where the storage does not answer; nothing is decided then
     */
    static Survey take(ClusterContext context, DesiredCluster desired, Ledger recorded, Sight sight, Applier applier) {
        ClusterArea area = sight.cluster();
        Sweep.Result sweep = new Sweep(context).run(recorded, area);
        List<Diagnostic> diagnostics = new ArrayList<>(sweep.diagnostics());
        Set<String> recordedGraphs = GraphRoots.recorded(sweep.ledger());
        GraphRoots roots = sight.roots(recordedGraphs);
        Set<String> missing = new TreeSet<>(recordedGraphs);
        missing.removeIf(roots::isStored);
        missing.removeAll(sweep.pendingGraphs());
        sweep.unfinishedDeletes()
                .forEach(delete -> missing.remove(delete.sidecar().graphId()));
        boolean allMissing = !missing.isEmpty() && missing.equals(recordedGraphs);
        missing.retainAll(desired.graphs().keySet());
        if (allMissing) {
            diagnostics.add(allMissing(context.root()));
        } else {
            missing.forEach(graph -> diagnostics.add(missing(context.root(), graph)));
        }
        Map<String, String> live = liveSchemas(context, desired, sweep.ledger(), missing, diagnostics);
        SortedMap<String, SchemaPreview> previews =
                SchemaPreviews.take(context, desired, sweep.ledger(), missing, live);
        GateSurvey gates = GateSurvey.take(context, desired, sweep, area, live, previews, applier);
        diagnostics.addAll(gates.findings());
        return new Survey(sweep, Set.copyOf(missing), allMissing, live, previews, gates, List.copyOf(diagnostics));
    }

    /** What a person who reads the plan has to know of changed schemas that cannot be shown in it. */
    public List<Diagnostic> previewFindings() {
        return SchemaPreviews.findings(previews);
    }

    /** The delete of this graph that an earlier run left unfinished, if there is one. */
    Optional<Sweep.UnfinishedDelete> unfinishedDelete(String graph) {
        return sweep.unfinishedDeletes().stream()
                .filter(delete -> delete.sidecar().graphId().equals(graph))
                .findFirst();
    }

    /** Whether an earlier run left the delete with this sidecar unfinished. */
    boolean isUnfinishedDelete(String operationId) {
        return sweep.unfinishedDeletes().stream()
                .anyMatch(delete -> delete.sidecar().operationId().equals(operationId));
    }

    /** What the classification needs to know. */
    public PlanFacts facts() {
        return new PlanFacts(
                sweep.pendingGraphs(),
                sweep.unattributed(),
                missingGraphs,
                gates.facts(),
                SchemaPreviews.migrations(previews),
                liveSchemas);
    }

    private static Map<String, String> liveSchemas(
            ClusterContext context,
            DesiredCluster desired,
            Ledger ledger,
            Set<String> missing,
            List<Diagnostic> diagnostics) {
        Map<String, String> live = new HashMap<>();
        for (String graph : desired.graphs().keySet()) {
            boolean lostItsSchema =
                    ledger.entry(new ResourceAddress.Graph(graph)).isPresent()
                            && ledger.entry(new ResourceAddress.Schema(graph)).isEmpty();
            if (lostItsSchema && !missing.contains(graph)) {
                GraphObservation observation =
                        context.engine().observe(context.root().graphRoot(graph));
                if (observation instanceof GraphObservation.Opened opened) {
                    live.put(graph, opened.schemaDigest());
                } else if (observation instanceof GraphObservation.NotOpenable broken) {
                    diagnostics.add(new Diagnostic(
                            DiagnosticCode.GRAPH_OBSERVATION_ERROR,
                            Severity.WARNING,
                            new ResourceAddress.Graph(graph).text(),
                            "the ledger has no schema of the graph, and the graph does not open: " + broken.reason()));
                } else {
                    throw new StorageUnavailableException(context.root().graphRoot(graph) + " cannot be looked at: "
                            + ((GraphObservation.Unknown) observation).reason());
                }
            }
        }
        return Map.copyOf(live);
    }

    private static Diagnostic missing(StorageRoot root, String graph) {
        return Diagnostic.of(
                DiagnosticCode.GRAPH_MISSING,
                new ResourceAddress.Graph(graph).text(),
                "the graph is recorded as applied, but nothing is stored at " + root.graphRoot(graph)
                        + "; it was not created anew");
    }

    /** The finding that no recorded graph is stored any more. */
    public static Diagnostic allMissing(StorageRoot root) {
        return Diagnostic.of(
                DiagnosticCode.ALL_GRAPHS_MISSING,
                ControlKeys.GRAPHS.path(),
                "none of the recorded graphs is stored below " + root.display(ControlKeys.GRAPHS)
                        + "; rather the storage is not the right one than all graphs gone at once, so nothing was"
                        + " decided and nothing was written");
    }
}
