package dev.omnigraph.controlplane.app.operation;

import dev.omnigraph.controlplane.app.problem.Problem;
import dev.omnigraph.controlplane.json.JsonBoolean;
import dev.omnigraph.controlplane.json.JsonObject;
import dev.omnigraph.controlplane.json.JsonValue;
import dev.omnigraph.controlplane.ledger.WireTime;
import dev.omnigraph.controlplane.operation.ClusterIdentity;
import dev.omnigraph.controlplane.operation.OperationEnding;
import dev.omnigraph.controlplane.operation.OperationLife;
import dev.omnigraph.controlplane.operation.OperationOutcome;
import dev.omnigraph.controlplane.operation.OperationProgress;
import dev.omnigraph.controlplane.operation.OperationRecord;
import java.util.Optional;

/** Operations as answers show them. */
public final class OperationView {

    private final ClusterIdentity cluster;

    public OperationView(ClusterIdentity cluster) {
        this.cluster = cluster;
    }

    /** Everything, the command's output included. */
    public JsonObject full(OperationRecord operation) {
        return members(operation)
                .put("result", JsonValue.orNull(ending(operation).flatMap(OperationEnding::result)))
                .build();
    }

    /** For lists: everything but the command's output. */
    public JsonObject summary(OperationRecord operation) {
        return members(operation).build();
    }

    private JsonObject.Builder members(OperationRecord operation) {
        Optional<OperationEnding> ending = ending(operation);
        return JsonObject.builder()
                .put("operation_id", operation.id())
                .put("cluster_id", cluster.clusterId())
                .put("incarnation", cluster.incarnation())
                .put("command", operation.submission().command())
                .put("state", operation.state().wire())
                .put(
                        "converged",
                        JsonValue.orNull(
                                ending.flatMap(OperationEnding::converged).map(JsonBoolean::new)))
                .putOrNull("outcome", ending.map(OperationEnding::outcome).map(OperationOutcome::wire))
                .putOrNull("actor", operation.submission().actor())
                .put("submitted_at", WireTime.format(operation.submission().submittedAt()))
                .putOrNull("started_at", operation.life().startedAt().map(WireTime::format))
                .putOrNull(
                        "finished_at",
                        operation.ended().map(OperationLife.Ended::finishedAt).map(WireTime::format))
                .put("progress", JsonValue.orNull(operation.trace().progress().map(OperationView::progress)))
                .putOrNull("configuration", operation.submission().configuration())
                .putOrNull("config_digest", operation.submission().configDigest())
                .putOrNull("state_cas_before", operation.trace().stateCasBefore())
                .putOrNull("state_cas_after", operation.trace().stateCasAfter())
                .put(
                        "problem",
                        JsonValue.orNull(ending.flatMap(OperationEnding::problem)
                                .map(problem -> Problem.of(problem).toJson())));
    }

    private static Optional<OperationEnding> ending(OperationRecord operation) {
        return operation.ended().map(OperationLife.Ended::ending);
    }

    private static JsonObject progress(OperationProgress progress) {
        return JsonObject.builder()
                .put("phase", progress.phase())
                .putOrNull("resource", progress.resource())
                .put("done", progress.done())
                .put("total", progress.total())
                .build();
    }
}
