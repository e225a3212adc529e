package dev.omnigraph.controlplane.app.replay;

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
import java.util.function.UnaryOperator;

/** Where schema changes are deliberately not as the recording, row by row. */
final class DeclaredMigrations {

    private static final JsonArray NONE = new JsonArray(List.of());
    private static final JsonValue UNSUPPORTED = new JsonString("schema_apply_unsupported");

    /** The digests of graph and schema that the recording of a changed comment falls back to, with those that stay. */
    private static final Map<String, String> COMMENT = Map.of(
            "c4a7b2f464096fcc51f9deaac2de6c03ac707a38bff85cfb8462fd4f8bbc254b",
            "a316ec5db4e77244914f110453ccc1e48d46c95ecd6dad4d1e0dd24428909467",
            "18cedc81983822dced6fc3525d28af38420ec1d9fe5a16a2627ece70bccf0ea0",
            "c1a1cc8429b88257c3efc04462babb9bc14f5d3d2c3fc36b6c940657898f6df4");

    static final Map<String, UnaryOperator<JsonObject>> OUTPUTS = Map.of(
            "schema-unsupported[4]", DeclaredMigrations::unsupportedInPlan,
            "schema-unsupported[5]", DeclaredMigrations::unsupportedInApply,
            "schema-unsupported[6]", DeclaredMigrations::unsupportedInRecords,
            "schema-unsupported[7]", DeclaredMigrations::unsupportedInPlan,
            "crash-after-schema[6]", DeclaredMigrations::planAfterCompletedApply,
            "schema-comment[7]", DeclaredMigrations::withStoredComment,
            "schema-comment[8]", DeclaredMigrations::nothingToDo,
            "schema-comment[9]", output -> atRevision(nothingToDo(withStoredComment(output)), 4),
            "schema-comment[10]", output -> atRevision(withStoredComment(output), 5));

    private DeclaredMigrations() {}

    /** The ledger as it is expected at a place of a scenario. */
    static JsonObject controlFiles(String scenario, int step, JsonObject recorded) {
        if (scenario.equals("schema-unsupported") && step >= 5) {
            return unsupportedInRecords(recorded);
        }
        if (scenario.equals("schema-comment") && step >= 7) {
            JsonObject stored = withStoredComment(recorded);
            return step < 9 ? stored : withLedger(stored, ledger -> atRevision(ledger, step == 9 ? 4 : 5));
        }
        return recorded;
    }

    private static JsonObject withLedger(JsonObject files, UnaryOperator<JsonObject> change) {
        String ledger = "__cluster/state.json";
        return replaced(files, Map.of(ledger, change.apply((JsonObject)
                files.get(ledger).orElseThrow())));
    }

    /** I11: the plan says that no migration leads there, and blocks what depends on it. */
    private static JsonObject unsupportedInPlan(JsonObject plan) {
        List<JsonValue> changes = elements(plan, "changes").stream()
                .map(JsonObject.class::cast)
                .<JsonValue>map(change -> switch (text(change, "disposition")) {
                    case "applied" ->
                        blocked(change, isSchema(change) ? UNSUPPORTED : new JsonString("dependency_not_applied"));
                    default -> change;
                })
                .toList();
        return replaced(plan, Map.of("changes", new JsonArray(changes), "diagnostics", NONE));
    }

    /** I11: the reason is the one of the plan, in answers and in the ledger. */
    private static JsonObject unsupportedInRecords(JsonObject recorded) {
        return (JsonObject) mapped(recorded, Map.of("schema_apply_failed", "schema_apply_unsupported"));
    }

    /** The code of the finding stays the recorded one. */
    private static JsonObject unsupportedInApply(JsonObject output) {
        return replaced(
                unsupportedInRecords(output),
                Map.of("diagnostics", output.get("diagnostics").orElseThrow()));
    }

    /** I11: plan is a dry run of apply, so it rolls the completed schema apply forward and finds nothing left to do. */
    private static JsonObject planAfterCompletedApply(JsonObject plan) {
        List<JsonValue> diagnostics = new ArrayList<>(elements(plan, "diagnostics"));
        diagnostics.add(JsonObject.builder()
                .put("code", "cluster_recovery_rolled_forward")
                .put("severity", "warning")
                .put("path", "graph.people")
                .put("message", "${TEXT}")
                .build());
        return replaced(plan, Map.of("changes", NONE, "blast_radius", NONE, "diagnostics", new JsonArray(diagnostics)));
    }

    /**
     * I10: the changed comment is stored in the graph, at one more version of its manifest, so that from there on nothing
     * drifts.
     */
    private static JsonObject withStoredComment(JsonObject recorded) {
        return (JsonObject) settled(mapped(recorded, COMMENT));
    }

    /** I10: and so there is nothing to plan or to apply. */
    private static JsonObject nothingToDo(JsonObject output) {
        Map<String, JsonValue> nothing = new LinkedHashMap<>();
        for (String list : List.of("changes", "blast_radius")) {
            output.get(list).ifPresent(recorded -> nothing.put(list, NONE));
        }
        output.get("applied_count").ifPresent(recorded -> nothing.put("applied_count", new JsonNumber("0")));
        output.get("state_written").ifPresent(recorded -> nothing.put("state_written", new JsonBoolean(false)));
        return replaced(output, nothing);
    }

    /** I10: the ledger's revision is that much lower, because a run in between had nothing to write. */
    private static JsonObject atRevision(JsonObject document, long revision) {
        JsonValue number = new JsonNumber(Long.toString(revision));
        Optional<JsonValue> observations = document.get("state_observations");
        return observations.isEmpty()
                ? replaced(document, Map.of("state_revision", number))
                : replaced(
                        document,
                        Map.of(
                                "state_observations",
                                replaced((JsonObject) observations.get(), Map.of("state_revision", number))));
    }

    private static JsonValue settled(JsonValue value) {
        if (value instanceof JsonArray array) {
            return new JsonArray(
                    array.elements().stream().map(DeclaredMigrations::settled).toList());
        }
        if (!(value instanceof JsonObject object)) {
            return value;
        }
        if (object.get("status").equals(Optional.of(new JsonString("drifted")))) {
            return JsonObject.builder().put("status", "applied").build();
        }
        Map<String, JsonValue> members = new LinkedHashMap<>();
        object.members()
                .forEach((name, member) -> members.put(
                        name,
                        switch (name) {
                            case "manifest_version" -> new JsonNumber("4");
                            case "schema_matches_desired" -> new JsonBoolean(true);
                            default -> settled(member);
                        }));
        return JsonObject.copyOf(members);
    }

    private static JsonValue mapped(JsonValue value, Map<String, String> texts) {
        if (value instanceof JsonString string) {
            return new JsonString(texts.getOrDefault(string.value(), string.value()));
        }
        if (value instanceof JsonArray array) {
            return new JsonArray(array.elements().stream()
                    .map(element -> mapped(element, texts))
                    .toList());
        }
        if (value instanceof JsonObject object) {
            Map<String, JsonValue> members = new LinkedHashMap<>(object.members());
            members.replaceAll((name, member) -> mapped(member, texts));
            return JsonObject.copyOf(members);
        }
        return value;
    }

    private static JsonObject blocked(JsonObject change, JsonValue reason) {
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

    private static boolean isSchema(JsonObject change) {
        return text(change, "resource").startsWith("schema.");
    }

    private static String text(JsonObject object, String name) {
        return ((JsonString) object.get(name).orElseThrow()).value();
    }

    private static List<JsonValue> elements(JsonObject object, String name) {
        return ((JsonArray) object.get(name).orElseThrow()).elements();
    }

    private static JsonObject replaced(JsonObject object, Map<String, JsonValue> values) {
        Map<String, JsonValue> members = new LinkedHashMap<>(object.members());
        values.forEach(members::replace);
        return JsonObject.copyOf(members);
    }
}
