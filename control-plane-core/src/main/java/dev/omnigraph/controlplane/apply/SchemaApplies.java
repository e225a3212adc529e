package dev.omnigraph.controlplane.apply;

import dev.omnigraph.controlplane.approval.ApprovalEntry;
import dev.omnigraph.controlplane.config.DesiredCluster;
import dev.omnigraph.controlplane.config.DesiredGraph;
import dev.omnigraph.controlplane.diagnostic.DiagnosticCode;
import dev.omnigraph.controlplane.digest.ResourceAddress;
import dev.omnigraph.controlplane.digest.Sha256;
import dev.omnigraph.controlplane.fault.FaultPoint;
import dev.omnigraph.controlplane.graph.GraphObservation;
import dev.omnigraph.controlplane.graph.GraphRoot;
import dev.omnigraph.controlplane.graph.SchemaApplication;
import dev.omnigraph.controlplane.graph.SchemaApplyJournal;
import dev.omnigraph.controlplane.graph.SchemaChange;
import dev.omnigraph.controlplane.graph.SchemaPreview;
import dev.omnigraph.controlplane.language.schema.migration.DropMode;
import dev.omnigraph.controlplane.plan.Change;
import dev.omnigraph.controlplane.plan.ChangeReason;
import dev.omnigraph.controlplane.session.ClusterContext;
import dev.omnigraph.controlplane.session.CommandReport;
import dev.omnigraph.controlplane.storage.StorageUnavailableException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Migrates graphs to changed schemas (control-plane.md 9.5). In this order: the graph is looked at; what refuses it is
 * told before anything is stored, the applied policies included; the intent is stored with the version seen; the engine
 * opens the graph for writing, looks again, and migrates only from what the plan was made from. Not thread-safe.
 */
final class SchemaApplies {

    private static final GraphMove MOVE = GraphMove.SCHEMA_APPLY;

    private final ClusterContext context;
    private final DesiredCluster desired;
    private final Map<String, SchemaPreview> previews;
    private final HardDrops hardDrops;
    private final SchemaApplyAuthorization authorization;
    private final Optional<String> actor;
    private final GraphWork work;
    private final Function<String, SchemaApplyJournal> journals;
    private final CommandReport report;

    /**
     * @param survey what this run's plan was made from
     * @param journals by graph id, where the engine writes down how far it is
     */
    SchemaApplies(
            ClusterContext context,
            DesiredCluster desired,
            Survey survey,
            SchemaApplyAuthorization authorization,
            Optional<String> actor,
            GraphWork work,
            Function<String, SchemaApplyJournal> journals,
            CommandReport report) {
        this.context = context;
        this.desired = desired;
        this.previews = survey.previews();
        this.hardDrops = new HardDrops(context, survey.gates(), work);
        this.authorization = authorization;
        this.actor = actor;
        this.work = work;
        this.journals = journals;
        this.report = report;
    }

    /** Tells of the migrations that are blocked because there is none. Nothing moves, so other graphs go on. */
    void reportUnsupported(List<Change> changes) {
        for (Change change : changes) {
            if (change.reason().equals(Optional.of(ChangeReason.SCHEMA_APPLY_UNSUPPORTED))
                    && previews.get(change.resource().graphId().orElseThrow())
                            instanceof SchemaPreview.Refused refused) {
                report.add(
                        DiagnosticCode.SCHEMA_APPLY_FAILED,
                        change.resource().text(),
                        refused.reason() + "; nothing was changed");
            }
        }
    }

    /** Migrates one graph. */
    void apply(String graph) {
        if (!(previews.get(graph) instanceof SchemaPreview.Previewed planned)) {
            work.fail(MOVE, graph, obstacle(previews.get(graph)) + "; nothing was changed");
            return;
        }
        GraphRoot root = context.root().graphRoot(graph);
        GraphObservation seen = context.engine().observe(root);
        if (seen instanceof GraphObservation.Unknown unknown) {
            throw new StorageUnavailableException(root + " cannot be looked at: " + unknown.reason());
        }
        if (!(seen instanceof GraphObservation.Opened live)) {
            work.fail(
                    MOVE,
                    graph,
                    "the graph does not open any more: " + ((GraphObservation.NotOpenable) seen).reason()
                            + "; nothing was changed");
            return;
        }
        String source = desired.graph(graph).flatMap(DesiredGraph::schemaSource).orElseThrow();
        String wanted = Sha256.hex(source);
        if (!live.schemaDigest().equals(planned.liveDigest())
                && !live.schemaDigest().equals(wanted)) {
            failMoved(graph, live.schemaDigest());
            return;
        }
        if (authorization.ask(graph, actor) instanceof SchemaApplyAuthorization.Verdict.Refused refused) {
            work.fail(
                    MOVE,
                    graph,
                    refused.finding().code(),
                    MOVE.failure(),
                    refused.finding().message());
            return;
        }
        Optional<ApprovalEntry> approval = hardDrops.approvalOf(graph);
        if (approval.isEmpty()) {
            SchemaChange change = new SchemaChange(source, planned.liveDigest(), DropMode.SOFT, actor);
            work.announce(MOVE, graph, OptionalLong.of(live.manifestVersion()), wanted)
                    .ifPresent(intent -> migrate(graph, intent, change, journals.apply(graph)));
        } else {
            SchemaChange change = new SchemaChange(source, planned.liveDigest(), DropMode.HARD, actor);
            hardDrops
                    .prepare(graph, approval.get(), live, wanted)
                    .ifPresent(prepared -> migrate(graph, live.manifestVersion(), wanted, change, prepared));
        }
    }

    private void migrate(
            String graph, long liveVersion, String wanted, SchemaChange change, HardDrops.Prepared prepared) {
        Optional<GraphWork.Intent> intent =
                work.announce(MOVE, graph, OptionalLong.of(liveVersion), wanted, prepared.move());
        if (intent.isPresent()) {
            migrate(graph, intent.get(), change, hardDrops.guarding(prepared, journals.apply(graph)));
        } else {
            hardDrops.giveBack(prepared.move().approvalId());
        }
    }

    /** Nothing of the graph moved. */
    private void withdraw(GraphWork.Intent intent) {
        work.withdraw(intent);
        intent.sidecar().approvalId().ifPresent(hardDrops::giveBack);
    }

    private void migrate(String graph, GraphWork.Intent intent, SchemaChange change, SchemaApplyJournal journal) {
        if (!work.passes(FaultPoint.CLUSTER_APPLY_BEFORE_SCHEMA_APPLY, MOVE, graph)) {
            return;
        }
        settle(graph, intent, context.engine().applySchema(context.root().graphRoot(graph), change, journal));
    }

    private void settle(String graph, GraphWork.Intent intent, SchemaApplication outcome) {
        if (outcome instanceof SchemaApplication.Applied applied) {
            applied.leftovers()
                    .forEach(leftover -> report.add(
                            DiagnosticCode.CLUSTER_RECOVERY_PENDING,
                            new ResourceAddress.Graph(graph).text(),
                            leftover));
            if (!applied.leftovers().isEmpty()) {
                work.keep(intent);
            }
            complete(intent, applied.manifestVersion());
        } else if (outcome instanceof SchemaApplication.AlreadyApplied already) {
            complete(intent, already.manifestVersion());
        } else if (outcome instanceof SchemaApplication.Moved moved) {
            withdraw(intent);
            failMoved(graph, moved.liveDigest());
        } else if (outcome instanceof SchemaApplication.Forbidden forbidden) {
            withdraw(intent);
            work.fail(MOVE, graph, DiagnosticCode.GRAPH_MOVED, ChangeReason.GRAPH_MOVED, forbidden.reason());
        } else if (outcome instanceof SchemaApplication.Refused refused) {
            withdraw(intent);
            work.fail(MOVE, graph, refused.reason() + "; the schema and the rows of the graph are as they were");
        } else if (outcome instanceof SchemaApplication.FailedWithoutMovement failed) {
            withdraw(intent);
            work.fail(MOVE, graph, failed.reason() + "; the schema and the rows of the graph are as they were");
        } else if (outcome instanceof SchemaApplication.Failed failed) {
            work.fail(
                    MOVE, graph, failed.reason() + "; what was begun in the graph, the next apply finishes or undoes");
        } else if (outcome instanceof SchemaApplication.Unknown unknown) {
            throw new StorageUnavailableException(
                    "the graph " + graph + " could not be opened for writing: " + unknown.reason());
        }
    }

    private void complete(GraphWork.Intent intent, long manifestVersion) {
        work.complete(intent, manifestVersion);
        context.faults().reach(FaultPoint.CLUSTER_APPLY_AFTER_SCHEMA_APPLY);
    }

    private void failMoved(String graph, String liveDigest) {
        work.fail(
                MOVE,
                graph,
                DiagnosticCode.GRAPH_MOVED,
                ChangeReason.GRAPH_MOVED,
                "the graph has another schema, " + liveDigest
                        + ", than the one this plan was made from, so somebody else changed it; nothing was changed");
    }

    private static String obstacle(@Nullable SchemaPreview preview) {
        if (preview instanceof SchemaPreview.Refused refused) {
            return refused.reason();
        }
        return preview instanceof SchemaPreview.NotOpenable broken
                ? "the graph does not open: " + broken.reason()
                : "the graph was not looked at";
    }
}
