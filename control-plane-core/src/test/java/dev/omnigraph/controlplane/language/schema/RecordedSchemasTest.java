package dev.omnigraph.controlplane.language.schema;

import static org.assertj.core.api.Assertions.assertThat;

import dev.omnigraph.controlplane.json.JsonArray;
import dev.omnigraph.controlplane.json.JsonObject;
import dev.omnigraph.controlplane.json.JsonReader;
import dev.omnigraph.controlplane.json.JsonString;
import dev.omnigraph.controlplane.json.JsonSyntaxException;
import dev.omnigraph.controlplane.json.JsonText;
import dev.omnigraph.controlplane.json.JsonValue;
import dev.omnigraph.controlplane.language.LanguageException;
import dev.omnigraph.controlplane.language.SourceScanner;
import dev.omnigraph.controlplane.testing.Recordings;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** What the engine's own compiler makes of 219 schemas. */
class RecordedSchemasTest {

    static Stream<Arguments> recordings() throws JsonSyntaxException {
        JsonArray rows = (JsonArray) JsonReader.read(Recordings.text("golden-language/schemas.json"));
        return rows.elements().stream()
                .map(JsonObject.class::cast)
                .map(row -> Arguments.of(text(row, "name").orElseThrow(), row));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("recordings")
    void theOutcomeIsTheRecordedOne(String name, JsonObject row) throws LanguageException {
        String source = text(row, "source").orElseThrow();

        assertThat(outcomeOf(source)).as(source).isEqualTo(recordedOutcome(row));
    }

    static Stream<Arguments> acceptedRecordings() throws JsonSyntaxException {
        return recordings().filter(row -> ((JsonObject) row.get()[1]).get("ir").isPresent());
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("acceptedRecordings")
    void theStoredFormIsReadBackAsItWas(String name, JsonObject row) throws LanguageException {
        SchemaIr ir = SchemaIr.of(SchemaParser.parse(text(row, "source").orElseThrow()));

        assertThat(SchemaIr.parse(ir.prettyText())).isEqualTo(ir);
    }

    private static Outcome outcomeOf(String source) {
        try {
            new SyntaxParser(SourceScanner.of(source)).parse();
        } catch (LanguageException e) {
            return Outcome.refused("parse_error", "syntax");
        }
        SchemaDeclarations declarations;
        try {
            declarations = SchemaParser.parse(source);
        } catch (LanguageException e) {
            return Outcome.refused("parse_error", "rule");
        }
        try {
            SchemaCatalog.build(declarations);
        } catch (LanguageException e) {
            return Outcome.refused("catalog_error", "");
        }
        try {
            SchemaIr ir = SchemaIr.of(declarations);
            return new Outcome("ok", "", ir.hash(), Optional.of(ir));
        } catch (LanguageException e) {
            return Outcome.refused("ir_error", "");
        }
    }

    /** The recorder spelled numbers in its own way; the hash is over the engine's spelling. */
    private static Outcome recordedOutcome(JsonObject row) throws LanguageException {
        Optional<JsonValue> ir = row.get("ir");
        return new Outcome(
                text(row, "outcome").orElseThrow(),
                text(row, "kind").orElse(""),
                text(row, "ir_hash").orElse(""),
                ir.isEmpty() ? Optional.empty() : Optional.of(SchemaIr.parse(JsonText.compact(ir.get()))));
    }

    private static Optional<String> text(JsonObject row, String key) {
        return row.get(key).map(value -> ((JsonString) value).value());
    }

    private record Outcome(String outcome, String kind, String irHash, Optional<SchemaIr> ir) {
        static Outcome refused(String outcome, String kind) {
            return new Outcome(outcome, kind, "", Optional.empty());
        }
    }
}
