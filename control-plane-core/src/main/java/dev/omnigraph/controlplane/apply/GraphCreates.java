package dev.omnigraph.controlplane.apply;

import dev.omnigraph.controlplane.config.DesiredCluster;
import dev.omnigraph.controlplane.config.DesiredGraph;
import dev.omnigraph.controlplane.digest.Sha256;
import dev.omnigraph.controlplane.fault.FaultPoint;
import dev.omnigraph.controlplane.graph.GraphCreation;
import dev.omnigraph.controlplane.graph.GraphRoot;
import dev.omnigraph.controlplane.language.LanguageException;
import dev.omnigraph.controlplane.language.schema.CompiledSchema;
import dev.omnigraph.controlplane.session.ClusterContext;
import dev.omnigraph.controlplane.session.RunListener;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * Creates graphs (control-plane.md 9.4): intent stored, graph created, intent completed with the version. Not thread-safe.
 */
final class GraphCreates {

    private static final GraphMove MOVE = GraphMove.CREATE;

    private final ClusterContext context;
    private final DesiredCluster desired;
    private final GraphWork work;
    private final RunListener listener;

    GraphCreates(ClusterContext context, DesiredCluster desired, GraphWork work, RunListener listener) {
        this.context = context;
        this.desired = desired;
        this.work = work;
        this.listener = listener;
    }

    /** Creates one graph. */
    void create(String graph) {
        Optional<String> source = desired.graph(graph).flatMap(DesiredGraph::schemaSource);
        Optional<String> obstacle =
                source.map(GraphCreates::obstacle).orElse(Optional.of("the schema of the graph could not be read"));
        if (obstacle.isPresent()) {
            work.fail(MOVE, graph, "no graph can be made of its schema: " + obstacle.get() + "; nothing was stored");
            return;
        }
        String schema = source.orElseThrow();
        Optional<GraphWork.Intent> intent = work.announce(MOVE, graph, OptionalLong.empty(), Sha256.hex(schema));
        if (intent.isPresent() && work.passes(FaultPoint.CLUSTER_APPLY_BEFORE_GRAPH_CREATE, MOVE, graph)) {
            init(graph, schema, intent.get());
        }
    }

    private void init(String graph, String source, GraphWork.Intent intent) {
        GraphRoot root = context.root().graphRoot(graph);
        String sidecar = intent.sidecar().operationId();
        GraphCreation creation = context.engine().create(root, source, sidecar, () -> listener.claimWon(sidecar));
        if (creation instanceof GraphCreation.Created created) {
            context.faults().reach(FaultPoint.CLUSTER_APPLY_AFTER_GRAPH_INIT);
            work.complete(intent, created.manifestVersion());
            context.faults().reach(FaultPoint.CLUSTER_APPLY_AFTER_GRAPH_CREATE);
        } else if (creation instanceof GraphCreation.Refused refused) {
            work.fail(MOVE, graph, refused.reason() + "; nothing was stored at " + root);
        } else if (creation instanceof GraphCreation.Failed failure) {
            work.fail(
                    MOVE,
                    graph,
                    failure.reason() + "; "
                            + (failure.claimWon()
                                    ? "parts of the graph may be left at " + root
                                    : "nothing was stored at " + root));
        }
    }

    private static Optional<String> obstacle(String source) {
        try {
            CompiledSchema.compile(source);
            return Optional.empty();
        } catch (LanguageException e) {
            return Optional.of(e.getMessage());
        }
    }
}
