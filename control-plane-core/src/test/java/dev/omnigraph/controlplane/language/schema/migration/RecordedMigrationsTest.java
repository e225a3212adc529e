package dev.omnigraph.controlplane.language.schema.migration;

import static org.assertj.core.api.Assertions.assertThat;

import dev.omnigraph.controlplane.json.JsonArray;
import dev.omnigraph.controlplane.json.JsonBoolean;
import dev.omnigraph.controlplane.json.JsonObject;
import dev.omnigraph.controlplane.json.JsonReader;
import dev.omnigraph.controlplane.json.JsonString;
import dev.omnigraph.controlplane.json.JsonSyntaxException;
import dev.omnigraph.controlplane.json.JsonText;
import dev.omnigraph.controlplane.json.JsonValue;
import dev.omnigraph.controlplane.language.LanguageException;
import dev.omnigraph.controlplane.language.schema.SchemaIr;
import dev.omnigraph.controlplane.language.schema.SchemaParser;
import dev.omnigraph.controlplane.testing.Recordings;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** What the engine's own planner makes of 69 pairs of schemas. */
class RecordedMigrationsTest {

    private static final JsonValue WORDING = new JsonString("${TEXT}");

    static Stream<Arguments> recordings() throws JsonSyntaxException {
        JsonArray rows = (JsonArray) JsonReader.read(Recordings.text("golden-language/migrations.json"));
        return rows.elements().stream().map(JsonObject.class::cast).map(row -> Arguments.of(text(row, "name"), row));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("recordings")
    void thePlanIsTheRecordedOne(String name, JsonObject row) throws LanguageException {
        SchemaIr from = SchemaIr.of(SchemaParser.parse(text(row, "from")));
        SchemaIr to = SchemaIr.of(SchemaParser.parse(text(row, "to")));

        MigrationPlan plan = MigrationPlanner.plan(from, to);

        assertThat(JsonText.pretty(withoutWording(plan.toJson())))
                .isEqualTo(JsonText.pretty(row.get("plan").orElseThrow()));
        assertThat(new JsonBoolean(!from.hash().equals(to.hash())))
                .isEqualTo(row.get("ir_changed").orElseThrow());
    }

    /** Reasons are each implementation's own words; everything else is compared, the order of keys included. */
    private static JsonObject withoutWording(JsonObject plan) {
        JsonArray steps = (JsonArray) plan.get("steps").orElseThrow();
        JsonArray masked = JsonArray.of(steps.elements().stream()
                .map(step -> {
                    Map<String, JsonValue> members = new LinkedHashMap<>(((JsonObject) step).members());
                    members.computeIfPresent("reason", (key, reason) -> WORDING);
                    return JsonObject.copyOf(members);
                })
                .toList());
        Map<String, JsonValue> members = new LinkedHashMap<>(plan.members());
        members.put("steps", masked);
        return JsonObject.copyOf(members);
    }

    private static String text(JsonObject row, String key) {
        return ((JsonString) row.get(key).orElseThrow()).value();
    }
}
