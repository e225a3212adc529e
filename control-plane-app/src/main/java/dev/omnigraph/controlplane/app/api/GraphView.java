package dev.omnigraph.controlplane.app.api;

import dev.omnigraph.controlplane.digest.Utf8Order;
import dev.omnigraph.controlplane.graph.GraphObservation;
import dev.omnigraph.controlplane.graph.TableObservation;
import dev.omnigraph.controlplane.inspection.InspectedGraph;
import dev.omnigraph.controlplane.json.JsonArray;
import dev.omnigraph.controlplane.json.JsonNumber;
import dev.omnigraph.controlplane.json.JsonObject;
import dev.omnigraph.controlplane.json.JsonValue;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/** Graphs as answers show them. */
final class GraphView {

    private GraphView() {}

    static JsonObject json(InspectedGraph graph) {
        Optional<GraphObservation.Opened> opened = graph.observation()
                .filter(GraphObservation.Opened.class::isInstance)
                .map(GraphObservation.Opened.class::cast);
        return JsonObject.builder()
                .put("graph_id", graph.id())
                .put("graph_uri", graph.root().location())
                .put("declared", graph.declared())
                .put("recorded", graph.recorded())
                .put("exists", graph.exists())
                .put("opens", opened.isPresent())
                .putOrNull("error", graph.observation().flatMap(GraphView::error))
                .put("manifest_version", JsonValue.orNull(opened.map(seen -> JsonNumber.of(seen.manifestVersion()))))
                .putOrNull("head_commit", opened.map(GraphObservation.Opened::headCommit))
                .putOrNull("schema_digest", opened.map(GraphObservation.Opened::schemaDigest))
                .putOrNull("recorded_schema_digest", graph.recordedSchemaDigest())
                .putOrNull("desired_schema_digest", graph.desiredSchemaDigest())
                .put("tables", tables(opened))
                .put(
                        "branches",
                        JsonArray.ofStrings(
                                opened.map(GraphObservation.Opened::branches).orElse(List.of())))
                .build();
    }

    private static Optional<String> error(GraphObservation observation) {
        return observation instanceof GraphObservation.NotOpenable closed
                ? Optional.of(closed.reason())
                : Optional.empty();
    }

    private static JsonArray tables(Optional<GraphObservation.Opened> opened) {
        return JsonArray.of(opened.map(GraphObservation.Opened::tables).orElse(List.of()).stream()
                .sorted(Comparator.comparing(TableObservation::key, Utf8Order.COMPARATOR))
                .map(GraphView::table)
                .toList());
    }

    private static JsonObject table(TableObservation table) {
        return JsonObject.builder()
                .put("key", table.key())
                .put("version", table.version())
                .putOrNull("branch", table.branch())
                .put("rows", table.rows())
                .build();
    }
}
