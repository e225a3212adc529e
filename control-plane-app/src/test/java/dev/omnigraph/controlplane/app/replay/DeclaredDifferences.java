package dev.omnigraph.controlplane.app.replay;

import dev.omnigraph.controlplane.digest.ResourceDigests;
import dev.omnigraph.controlplane.json.JsonArray;
import dev.omnigraph.controlplane.json.JsonBoolean;
import dev.omnigraph.controlplane.json.JsonNumber;
import dev.omnigraph.controlplane.json.JsonObject;
import dev.omnigraph.controlplane.json.JsonString;
import dev.omnigraph.controlplane.json.JsonValue;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;

/**
 * Where this service is deliberately not as the recording, row by row of the improvements: what is expected is worked out
 * from what was recorded, so that everything else stays compared.
 */
final class DeclaredDifferences {

    private static final Map<String, UnaryOperator<JsonObject>> OUTPUTS = Map.of(
            // I11: plan is a dry run of apply, so it rolls the completed create forward and plans from there.
            "crash-after-create[4]", DeclaredDifferences::planAfterCompletedCreate,
            // I11: a graph that does not open blocks in plan what it will block in apply.
            "partial-root[6]", DeclaredDifferences::planBesidePartialRoot,
            // I24: plan takes no lock, so one that somebody holds is shown and is no error; the ledger is read.
            "lock-held[5]", DeclaredDifferences::planBesideHeldLock,
            // I13: the only recorded graph has no root any more, which plan says and decides nothing.
            "graph-missing[5]", DeclaredDifferences::allGraphsMissing,
            // I9: the apply before this status has stored the altered copy again.
            "catalog-corrupt[9]", output -> with(output, "diagnostics", new JsonArray(List.of())));

    /** I9: the copy is as the ledger says from here on, where the recording leaves it altered. */
    private static final Set<String> HEALED_CATALOG = Set.of("catalog-corrupt[8]", "catalog-corrupt[9]");

    private static final String ALTERED = "tampered\n";

    /** The answer that is expected of this service. */
    JsonObject output(String scenario, int step, RecordedScenario.Step recorded) {
        String place = scenario + "[" + step + "]";
        UnaryOperator<JsonObject> change = Stream.of(
                        OUTPUTS,
                        DeclaredMigrations.OUTPUTS,
                        DeclaredDeleteDifferences.OUTPUTS,
                        DeclaredSidecarDifferences.OUTPUTS,
                        DeclaredSweeps.OUTPUTS)
                .flatMap(declared -> Optional.ofNullable(declared.get(place)).stream())
                .findFirst()
                .orElse(UnaryOperator.identity());
        JsonObject output = change.apply(recorded.output());
        return recorded.run().get(0).equals("plan") ? withoutLock(output) : output;
    }

    /** The files that are expected under {@code __cluster/}. */
    JsonObject controlFiles(String scenario, int step, RecordedScenario.Step recorded) {
        JsonObject files = DeclaredDeleteDifferences.controlFiles(scenario, step, recorded.controlFiles());
        files = DeclaredSidecarDifferences.controlFiles(scenario, step, files);
        files = DeclaredMigrations.controlFiles(scenario, step, files);
        if (!HEALED_CATALOG.contains(scenario + "[" + step + "]")) {
            return files;
        }
        Map<String, JsonValue> healed = new LinkedHashMap<>(files.members());
        healed.replaceAll((path, content) ->
                content.equals(new JsonString(ALTERED)) ? new JsonString(policyOf(scenario)) : content);
        return JsonObject.copyOf(healed);
    }

    /** I19: nobody decides without a name; such a request is refused before anything is read. */
    boolean isRefusedUnread(RecordedScenario.Step step) {
        return step.run().get(0).equals("approve") && step.actor().isEmpty();
    }

    /** I13: every recorded graph is gone at once, which a refresh only accepts when it names them. */
    Set<String> acceptedLosses(String scenario) {
        return scenario.equals("graph-missing") ? Set.of("people") : Set.of();
    }

    /** I24: plan takes no lock. */
    private static JsonObject withoutLock(JsonObject output) {
        JsonObject observations = (JsonObject) output.get("state_observations").orElseThrow();
        Map<String, JsonValue> members = new LinkedHashMap<>(observations.members());
        members.remove("acquired_lock_id");
        members.put("lock_acquired", new JsonBoolean(false));
        return with(output, "state_observations", JsonObject.copyOf(members));
    }

    private static JsonObject planBesideHeldLock(JsonObject output) {
        JsonObject recorded = (JsonObject) output.get("state_observations").orElseThrow();
        JsonObject.Builder observations = JsonObject.builder();
        recorded.members().forEach((name, value) -> {
            switch (name) {
                case "state_found" ->
                    observations
                            .put(name, true)
                            .put(
                                    "applied_config_digest",
                                    ((JsonObject) output.get("desired_revision").orElseThrow())
                                            .get("config_digest")
                                            .orElseThrow());
                case "state_revision" -> observations.put(name, 2).put("state_cas", "${CAS}");
                case "resource_count" -> observations.put(name, new JsonNumber("5"));
                default -> observations.put(name, value);
            }
        });
        return with(
                with(with(output, "ok", new JsonBoolean(true)), "state_observations", observations.build()),
                "diagnostics",
                new JsonArray(List.of()));
    }

    private static JsonObject allGraphsMissing(JsonObject output) {
        return with(
                with(output, "ok", new JsonBoolean(false)),
                "diagnostics",
                new JsonArray(List.of(diagnostic("all_graphs_missing", "error", "graphs"))));
    }

    private static JsonObject planAfterCompletedCreate(JsonObject output) {
        JsonObject digests = (JsonObject) output.get("resource_digests").orElseThrow();
        String schema = ((JsonString) digests.get("schema.people").orElseThrow()).value();
        List<JsonValue> changes = new ArrayList<>();
        for (JsonValue change : elements(output, "changes")) {
            if (isAbout(change, "graph.people")) {
                changes.add(JsonObject.builder()
                        .put("resource", "graph.people")
                        .put("operation", "update")
                        .put(
                                "before_digest",
                                ResourceDigests.graph("people", Optional.of(schema), Map.of(), Optional.empty()))
                        .put("after_digest", digests.get("graph.people").orElseThrow())
                        .put("disposition", "derived")
                        .build());
            } else if (!isAbout(change, "schema.people")) {
                changes.add(change);
            }
        }
        List<JsonValue> radius = elements(output, "blast_radius").stream()
                .filter(entry -> !isAbout(entry, "schema.people"))
                .toList();
        return withDiagnostic(
                with(with(output, "changes", new JsonArray(changes)), "blast_radius", new JsonArray(radius)),
                diagnostic("cluster_recovery_rolled_forward", "warning", "graph.people"));
    }

    private static JsonObject planBesidePartialRoot(JsonObject output) {
        List<JsonValue> changes = elements(output, "changes").stream()
                .map(change -> (JsonValue) blocked((JsonObject) change, "cluster_recovery_pending"))
                .toList();
        return withDiagnostic(
                with(with(output, "ok", new JsonBoolean(false)), "changes", new JsonArray(changes)),
                diagnostic("graph_create_incomplete", "error", "graph.people"));
    }

    static JsonObject blocked(JsonObject change, String reason) {
        JsonObject.Builder blocked = JsonObject.builder();
        change.members().forEach((name, value) -> {
            if (name.equals("disposition")) {
                blocked.put(name, "blocked").put("reason", reason);
            } else {
                blocked.put(name, value);
            }
        });
        return blocked.build();
    }

    static boolean isAbout(JsonValue entry, String resource) {
        return ((JsonObject) entry).get("resource").equals(Optional.of(new JsonString(resource)));
    }

    static List<JsonValue> elements(JsonObject output, String name) {
        return ((JsonArray) output.get(name).orElseThrow()).elements();
    }

    static JsonObject withDiagnostic(JsonObject output, JsonObject diagnostic) {
        List<JsonValue> diagnostics = new ArrayList<>(elements(output, "diagnostics"));
        diagnostics.add(diagnostic);
        return with(output, "diagnostics", new JsonArray(diagnostics));
    }

    static JsonObject diagnostic(String code, String severity, String path) {
        return JsonObject.builder()
                .put("code", code)
                .put("severity", severity)
                .put("path", path)
                .put("message", "${TEXT}")
                .build();
    }

    private static String policyOf(String scenario) {
        return RecordedScenario.read(scenario).steps().stream()
                .flatMap(step -> step.write().stream())
                .flatMap(files -> files.get("base.policy.yaml").stream())
                .map(content -> ((JsonString) content).value())
                .findFirst()
                .orElseThrow();
    }

    static JsonObject with(JsonObject object, String name, JsonValue value) {
        Map<String, JsonValue> members = new LinkedHashMap<>(object.members());
        members.replace(name, value);
        return JsonObject.copyOf(members);
    }
}
