package dev.omnigraph.controlplane.language.query;

import static org.assertj.core.api.Assertions.assertThat;

import dev.omnigraph.controlplane.json.JsonArray;
import dev.omnigraph.controlplane.json.JsonNull;
import dev.omnigraph.controlplane.json.JsonObject;
import dev.omnigraph.controlplane.json.JsonReader;
import dev.omnigraph.controlplane.json.JsonString;
import dev.omnigraph.controlplane.json.JsonSyntaxException;
import dev.omnigraph.controlplane.json.JsonValue;
import dev.omnigraph.controlplane.language.LanguageException;
import dev.omnigraph.controlplane.language.query.QueryCheck.Accepted;
import dev.omnigraph.controlplane.language.query.QueryCheck.Refused;
import dev.omnigraph.controlplane.language.schema.SchemaCatalog;
import dev.omnigraph.controlplane.language.schema.SchemaParser;
import dev.omnigraph.controlplane.testing.Recordings;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** What the engine's own compiler says of 324 query files, compared with what we say. */
class QueryRecordingsTest {

    private static final int RECORDED = 324;

    @Test
    void everyRecordedFileIsJudgedAsTheEngineJudgesIt() throws JsonSyntaxException, LanguageException {
        Map<String, SchemaCatalog> schemas = schemas();
        List<JsonObject> rows = rows();
        assertThat(rows).hasSize(RECORDED);

        Map<String, String> disagreements = new LinkedHashMap<>();
        for (JsonObject row : rows) {
            JsonObject ours = judge(text(row, "source"), schemas.get(text(row, "schema")));
            JsonObject recorded = verdict(row);
            if (!ours.equals(recorded)) {
                disagreements.put(
                        text(row, "name") + ": " + text(row, "source"), "ours " + ours + ", theirs " + recorded);
            }
        }
        assertThat(disagreements).isEmpty();
    }

    /** Our verdict in the form of the recordings. */
    private static JsonObject judge(String source, SchemaCatalog catalog) {
        try {
            List<JsonObject> queries = QueryParser.parse(source).queries().stream()
                    .map(query -> judge(query, QueryChecker.check(query, catalog)))
                    .toList();
            return JsonObject.builder()
                    .put("outcome", "ok")
                    .put("queries", JsonArray.of(queries))
                    .build();
        } catch (LanguageException e) {
            return JsonObject.builder().put("outcome", "parse_error").build();
        }
    }

    private static JsonObject judge(QueryDeclaration query, QueryCheck check) {
        List<String> parameters = query.parameters().stream()
                .map(parameter -> parameter.name() + ":" + parameter.typeText())
                .toList();
        JsonObject.Builder judged = JsonObject.builder()
                .put("name", query.name())
                .put("params", JsonArray.ofStrings(parameters))
                .putOrNull("description", query.description())
                .putOrNull("instruction", query.instruction())
                .put("ok", check instanceof Accepted);
        if (check instanceof Refused refused) {
            Optional<String> number = refused.finding().rule().number();
            judged.put("code", number.<JsonValue>map(JsonString::new).orElse(JsonNull.INSTANCE));
        } else {
            judged.put("mutation", query.isMutation());
        }
        return judged.build();
    }

    private static JsonObject verdict(JsonObject row) {
        Map<String, JsonValue> verdict = new LinkedHashMap<>(row.members());
        verdict.keySet().retainAll(List.of("outcome", "queries"));
        return JsonObject.copyOf(verdict);
    }

    private static Map<String, SchemaCatalog> schemas() throws JsonSyntaxException, LanguageException {
        JsonObject sources = (JsonObject) JsonReader.read(Recordings.text("golden-language/query-schemas.json"));
        Map<String, SchemaCatalog> schemas = new LinkedHashMap<>();
        for (String name : sources.members().keySet()) {
            schemas.put(name, SchemaCatalog.build(SchemaParser.parse(text(sources, name))));
        }
        return schemas;
    }

    private static List<JsonObject> rows() throws JsonSyntaxException {
        JsonArray rows = (JsonArray) JsonReader.read(Recordings.text("golden-language/queries.json"));
        return rows.elements().stream().map(JsonObject.class::cast).toList();
    }

    private static String text(JsonObject object, String member) {
        return ((JsonString) object.get(member).orElseThrow()).value();
    }
}
