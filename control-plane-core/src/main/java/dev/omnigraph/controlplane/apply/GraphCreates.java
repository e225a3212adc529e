package dev.omnigraph.controlplane.apply;

import dev.omnigraph.controlplane.config.DesiredCluster;
import dev.omnigraph.controlplane.config.DesiredGraph;
import dev.omnigraph.controlplane.diagnostic.DiagnosticCode;
import dev.omnigraph.controlplane.digest.ResourceAddress;
import dev.omnigraph.controlplane.digest.Sha256;
import dev.omnigraph.controlplane.fault.FaultPoint;
import dev.omnigraph.controlplane.fault.InjectedFaultException;
import dev.omnigraph.controlplane.graph.GraphCreation;
import dev.omnigraph.controlplane.graph.GraphObservation;
import dev.omnigraph.controlplane.graph.GraphRoot;
import dev.omnigraph.controlplane.language.LanguageException;
import dev.omnigraph.controlplane.language.schema.CompiledSchema;
import dev.omnigraph.controlplane.ledger.ControlKeys;
import dev.omnigraph.controlplane.ledger.Sidecar;
import dev.omnigraph.controlplane.ledger.SidecarKind;
import dev.omnigraph.controlplane.ledger.SidecarStore;
import dev.omnigraph.controlplane.ledger.WireTime;
import dev.omnigraph.controlplane.session.ClusterContext;
import dev.omnigraph.controlplane.session.CommandReport;
import dev.omnigraph.controlplane.session.LockedSection;
import dev.omnigraph.controlplane.session.RunListener;
import dev.omnigraph.controlplane.storage.PutOutcome;
import dev.omnigraph.controlplane.storage.VersionTag;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.TreeSet;

/**
 * Creates graphs one after the other (control-plane.md 9.4): intent stored, graph created, intent completed with the
 * version. The first failure stops all further graph work of the run. Not thread-safe.
 */
final class GraphCreates {

    private static final String PHASE = "creates";

    private final ClusterContext context;
    private final DesiredCluster desired;
    private final Optional<String> actor;
    private final String stateCas;
    private final LockedSection lock;
    private final CommandReport report;
    private final RunListener listener;
    private final SidecarStore sidecars;
    private final List<Sidecar> done = new ArrayList<>();
    private final Set<String> failed = new TreeSet<>();
    private boolean graphWorkStopped;

    GraphCreates(
            ClusterContext context,
            DesiredCluster desired,
            Optional<String> actor,
            String stateCas,
            LockedSection lock,
            CommandReport report,
            RunListener listener) {
        this.context = context;
        this.desired = desired;
        this.actor = actor;
        this.stateCas = stateCas;
        this.lock = lock;
        this.report = report;
        this.listener = listener;
        this.sidecars = new SidecarStore(context.store());
    }

    /** Sidecars of graphs that were created; to be retired once the ledger records them. */
    List<Sidecar> done() {
        return List.copyOf(done);
    }

    /** Graphs that were not created. */
    Set<String> failed() {
        return Set.copyOf(failed);
    }

    /**
     * Creates each of the graphs.
     *
     * @return whether the run may go on; false after losing the lock
     * @throws InjectedFaultException at an armed point that ends the command
     */
    boolean run(List<String> graphs) {
        for (int i = 0; i < graphs.size(); i++) {
            String graph = graphs.get(i);
            listener.progress(PHASE, Optional.of(address(graph)), i, graphs.size());
            if (graphWorkStopped || listener.cancelRequested()) {
                skip(graph);
            } else if (!lock.mayAct(report)) {
                return false;
            } else {
                create(graph);
            }
        }
        return true;
    }

    private void skip(String graph) {
        graphWorkStopped = true;
        failed.add(graph);
        report.add(
                DiagnosticCode.GRAPH_CREATE_SKIPPED,
                address(graph),
                "the graph was not created, because the graph work of this run was stopped before its turn");
    }

    private void create(String graph) {
        GraphRoot root = context.root().graphRoot(graph);
        Optional<String> source = desired.graph(graph).flatMap(DesiredGraph::schemaSource);
        Optional<String> obstacle =
                source.map(GraphCreates::obstacle).orElse(Optional.of("the schema of the graph could not be read"));
        if (obstacle.isPresent()) {
            fail(graph, "no graph can be made of its schema: " + obstacle.get() + "; nothing was stored");
            return;
        }
        Sidecar sidecar = intent(graph, root, source.orElseThrow());
        listener.sidecarPlanned(sidecar.operationId());
        PutOutcome stored = sidecars.write(sidecar);
        if (!(stored instanceof PutOutcome.Done written)) {
            stop(graph);
            reportSidecarFailure(sidecar, "the intent to create the graph could not be stored; nothing was created");
            return;
        }
        try {
            context.faults().reach(FaultPoint.CLUSTER_APPLY_BEFORE_GRAPH_CREATE);
        } catch (InjectedFaultException fault) {
            stop(graph);
            report.add(
                    DiagnosticCode.INJECTED_FAILPOINT, fault.point().wire(), fault.getMessage() + "; the run goes on");
            return;
        }
        init(graph, root, source.orElseThrow(), sidecar, written.tag());
    }

    private void init(String graph, GraphRoot root, String source, Sidecar sidecar, VersionTag tag) {
        GraphCreation creation = context.engine().create(root, source, () -> listener.claimWon(sidecar.operationId()));
        if (creation instanceof GraphCreation.Created) {
            context.faults().reach(FaultPoint.CLUSTER_APPLY_AFTER_GRAPH_INIT);
            done.add(recordVersion(root, sidecar, tag));
            context.faults().reach(FaultPoint.CLUSTER_APPLY_AFTER_GRAPH_CREATE);
        } else if (creation instanceof GraphCreation.Refused refused) {
            fail(graph, refused.reason() + "; nothing was stored at " + root);
        } else if (creation instanceof GraphCreation.Failed failure) {
            fail(
                    graph,
                    failure.reason() + "; "
                            + (failure.claimWon()
                                    ? "parts of the graph may be left at " + root
                                    : "nothing was stored at " + root));
        }
    }

    /** Best effort: the version in the intent is for people, no decision reads it. */
    private Sidecar recordVersion(GraphRoot root, Sidecar sidecar, VersionTag tag) {
        if (!(context.engine().observe(root) instanceof GraphObservation.Opened opened)) {
            return sidecar;
        }
        Sidecar completed = sidecar.expecting(opened.manifestVersion());
        if (!(sidecars.rewrite(completed, tag) instanceof PutOutcome.Done)) {
            reportSidecarFailure(sidecar, "the graph was created; its version could not be noted in the intent");
        }
        return completed;
    }

    private Sidecar intent(String graph, GraphRoot root, String source) {
        return new Sidecar(
                context.ids().nextUlid(),
                WireTime.format(context.clock().instant()),
                actor,
                SidecarKind.GRAPH_CREATE,
                graph,
                root.location(),
                OptionalLong.empty(),
                OptionalLong.empty(),
                Sha256.hex(source),
                Optional.of(stateCas),
                Optional.empty());
    }

    private static Optional<String> obstacle(String source) {
        try {
            CompiledSchema.compile(source);
            return Optional.empty();
        } catch (LanguageException e) {
            return Optional.of(e.getMessage());
        }
    }

    private void fail(String graph, String message) {
        stop(graph);
        report.add(DiagnosticCode.GRAPH_CREATE_FAILED, address(graph), message);
    }

    private void stop(String graph) {
        failed.add(graph);
        graphWorkStopped = true;
    }

    private void reportSidecarFailure(Sidecar sidecar, String message) {
        report.add(
                DiagnosticCode.RECOVERY_SIDECAR_WRITE_ERROR,
                context.root().display(ControlKeys.sidecar(sidecar.operationId())),
                message);
    }

    private static String address(String graph) {
        return new ResourceAddress.Graph(graph).text();
    }
}
