package dev.omnigraph.controlplane.app.api;

import dev.omnigraph.controlplane.app.command.Configurations;
import dev.omnigraph.controlplane.app.http.Answers;
import dev.omnigraph.controlplane.app.problem.Problem;
import dev.omnigraph.controlplane.app.problem.ProblemCode;
import dev.omnigraph.controlplane.app.problem.ProblemException;
import dev.omnigraph.controlplane.app.security.Requires;
import dev.omnigraph.controlplane.app.security.Role;
import dev.omnigraph.controlplane.diagnostic.Diagnostic;
import dev.omnigraph.controlplane.inspection.GraphInspector;
import dev.omnigraph.controlplane.inspection.Inspection;
import dev.omnigraph.controlplane.json.JsonArray;
import dev.omnigraph.controlplane.json.JsonObject;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RestController;

/** Graphs as they are now. */
@RestController
class GraphController {

    private final Configurations configuration;
    private final GraphInspector inspector;

    GraphController(Configurations configuration, GraphInspector inspector) {
        this.configuration = configuration;
        this.inspector = inspector;
    }

    @GetMapping("/graphs")
    @Requires(Role.VIEWER)
    ResponseEntity<byte[]> graphs() {
        Inspection inspection = inspector.inspect(configuration.look());
        return Answers.ok(JsonObject.builder()
                .put(
                        "graphs",
                        JsonArray.of(inspection.graphs().stream()
                                .map(GraphView::json)
                                .toList()))
                .put(
                        "diagnostics",
                        JsonArray.of(inspection.diagnostics().stream()
                                .map(Diagnostic::toJson)
                                .toList()))
                .build());
    }

    @GetMapping("/graphs/{graph_id}")
    @Requires(Role.VIEWER)
    ResponseEntity<byte[]> graph(@PathVariable("graph_id") String id) {
        return Answers.ok(inspector
                .inspect(configuration.look(), id)
                .map(GraphView::json)
                .orElseThrow(() -> new ProblemException(Problem.of(
                        ProblemCode.GRAPH_NOT_FOUND, "no graph `" + id + "` is declared, recorded or there"))));
    }
}
