package dev.omnigraph.controlplane.command;

import dev.omnigraph.controlplane.config.Dependency;
import dev.omnigraph.controlplane.config.DesiredResource;
import dev.omnigraph.controlplane.diagnostic.Diagnostic;
import dev.omnigraph.controlplane.json.JsonArray;
import dev.omnigraph.controlplane.json.JsonObject;
import dev.omnigraph.controlplane.plan.BlastRadius;
import dev.omnigraph.controlplane.plan.Change;
import dev.omnigraph.controlplane.plan.Gate;
import dev.omnigraph.controlplane.plan.Plan;
import dev.omnigraph.controlplane.session.StateObservations;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/**
 * What plan answers.
 *
 * @param configDigest empty where the configuration could not be read
 * @param plan empty where nothing could be planned
 */
public record PlanOutput(
        String configDir,
        Optional<String> configDigest,
        List<DesiredResource> resources,
        List<Dependency> dependencies,
        StateObservations observations,
        Optional<Plan> plan,
        List<Diagnostic> diagnostics)
        implements CommandOutput {

    public List<Change> changes() {
        return plan.map(Plan::changes).orElse(List.of());
    }

    private JsonArray gates(Function<Plan, List<Gate>> kind) {
        return JsonArray.of(
                plan.map(kind).orElse(List.of()).stream().map(Gate::toJson).toList());
    }

    @Override
    public JsonObject toJson() {
        return JsonObject.builder()
                .put("ok", ok())
                .put("config_dir", configDir)
                .put("desired_revision", OutputParts.desiredRevision(configDigest))
                .put("resource_digests", OutputParts.digests(resources))
                .put("dependencies", OutputParts.dependencies(dependencies))
                .put("state_observations", observations.toJson())
                .put(
                        "changes",
                        JsonArray.of(changes().stream().map(Change::toJson).toList()))
                .put(
                        "blast_radius",
                        JsonArray.of(plan.map(Plan::blastRadius).orElse(List.of()).stream()
                                .map(BlastRadius::toJson)
                                .toList()))
                .put("approvals_required", gates(Plan::requiredGates))
                .put("approvals_possible", gates(Plan::possibleGates))
                .putIfPresent("plan_digest", plan.map(Plan::digest))
                .put("diagnostics", OutputParts.diagnostics(diagnostics))
                .build();
    }
}
