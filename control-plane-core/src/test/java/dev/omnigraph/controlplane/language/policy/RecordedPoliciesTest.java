package dev.omnigraph.controlplane.language.policy;

import static org.assertj.core.api.Assertions.assertThat;

import dev.omnigraph.controlplane.json.JsonArray;
import dev.omnigraph.controlplane.json.JsonBoolean;
import dev.omnigraph.controlplane.json.JsonNull;
import dev.omnigraph.controlplane.json.JsonObject;
import dev.omnigraph.controlplane.json.JsonReader;
import dev.omnigraph.controlplane.json.JsonString;
import dev.omnigraph.controlplane.json.JsonSyntaxException;
import dev.omnigraph.controlplane.json.JsonValue;
import dev.omnigraph.controlplane.language.LanguageException;
import dev.omnigraph.controlplane.testing.Recordings;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** What the engine's own policy code says of bundles and requests, compared with what we say. */
class RecordedPoliciesTest {

    private static final int BUNDLES = 45;
    private static final int DECISIONS = 23;

    @Test
    void everyRecordedBundleIsTakenOrRefusedAsTheEngineDoes() throws JsonSyntaxException {
        List<JsonObject> rows = rows("bundles");
        assertThat(rows).hasSize(BUNDLES);

        Map<String, String> disagreements = new LinkedHashMap<>();
        for (JsonObject row : rows) {
            JsonObject ours = judge(row);
            if (!ours.equals(row)) {
                disagreements.put(text(row, "name"), "ours " + ours + ", theirs " + row);
            }
        }
        assertThat(disagreements).isEmpty();
    }

    @Test
    void everyRecordedRequestIsDecidedAsTheEngineDoes() throws JsonSyntaxException, LanguageException {
        int compared = 0;
        List<String> disagreements = new ArrayList<>();
        for (JsonObject set : rows("decisions")) {
            CompiledPolicy policy = PolicyCompiler.forGraph(parse(text(set, "source")), "kb");
            for (JsonObject row : objects(set.members().get("decisions"))) {
                PolicyDecision ours = policy.decide(request(row));
                compared++;
                boolean agrees =
                        ours.allowed() == isTrue(row, "allowed") && ours.rule().equals(optional(row, "rule"));
                if (!agrees) {
                    disagreements.add("ours " + ours + ", theirs " + row);
                }
            }
        }
        assertThat(disagreements).isEmpty();
        assertThat(compared).isEqualTo(DECISIONS);
    }

    /** The row with our verdicts. */
    private static JsonObject judge(JsonObject row) {
        String source = text(row, "source");
        return JsonObject.builder()
                .put("name", text(row, "name"))
                .put("source", source)
                .put("config_ok", succeeds(() -> parse(source)))
                .put("graph_ok", succeeds(() -> PolicyCompiler.forGraph(parse(source), "kb")))
                .put("server_ok", succeeds(() -> PolicyCompiler.forServer(parse(source))))
                .build();
    }

    private interface Attempt {
        Object make() throws LanguageException;
    }

    private static boolean succeeds(Attempt attempt) {
        try {
            attempt.make();
            return true;
        } catch (LanguageException e) {
            assertThat(e.getMessage()).doesNotContain("Cedar does not take");
            return false;
        }
    }

    private static PolicyBundle parse(String source) throws LanguageException {
        return PolicyBundle.parse(source.getBytes(StandardCharsets.UTF_8));
    }

    private static PolicyRequest request(JsonObject row) {
        return new PolicyRequest(
                text(row, "actor"),
                PolicyAction.valueOf(text(row, "action").toUpperCase(Locale.ROOT)),
                optional(row, "branch"),
                optional(row, "target_branch"));
    }

    private static List<JsonObject> rows(String key) throws JsonSyntaxException {
        JsonObject recorded = (JsonObject) JsonReader.read(Recordings.text("golden-language/policies.json"));
        return objects(recorded.members().get(key));
    }

    private static List<JsonObject> objects(JsonValue array) {
        return ((JsonArray) array)
                .elements().stream().map(JsonObject.class::cast).toList();
    }

    private static String text(JsonObject row, String key) {
        return optional(row, key).orElseThrow();
    }

    private static Optional<String> optional(JsonObject row, String key) {
        JsonValue value = row.members().get(key);
        return value instanceof JsonNull ? Optional.empty() : Optional.of(((JsonString) value).value());
    }

    private static boolean isTrue(JsonObject row, String key) {
        return ((JsonBoolean) row.members().get(key)).value();
    }
}
