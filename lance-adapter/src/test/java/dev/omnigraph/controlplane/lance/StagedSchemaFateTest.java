package dev.omnigraph.controlplane.lance;

import static org.assertj.core.api.Assertions.assertThat;

import dev.omnigraph.controlplane.language.schema.CompiledSchema;
import dev.omnigraph.controlplane.language.schema.SchemaIr;
import dev.omnigraph.controlplane.language.schema.TableDefinition;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What becomes of staged schema files (graph-format.md 4.6), row by row, and where the engine gives up. */
class StagedSchemaFateTest {

    private static final Map<String, String> SCHEMAS = Map.of(
            "people", "node Person { name: String @key }",
            "described", "node Person @description(\"someone\") { name: String @key }",
            "aged", "node Person { name: String @key age: I32? }",
            "teams", "node Person { name: String @key } node Team { name: String @key }",
            "companies", "node Person { name: String @key } node Company { name: String @key }");

    private static final Map<String, String> FILES =
            Map.of("S", GraphLayout.SCHEMA_SOURCE, "I", GraphLayout.SCHEMA_IR, "H", GraphLayout.SCHEMA_STATE);

    @ParameterizedTest
    @CsvSource({
        // 1: nothing is staged
        "'',    false, NONE",
        "'',    true,  NONE",
        // never completed, so never published; the engine puts half a set in force beside a sidecar (H2)
        "S,     true,  DISCARD",
        "S,     false, DISCARD",
        "S I,   true,  DISCARD",
        "S I,   false, DISCARD",
        // 2: the sidecar of the migration is there
        "S I H, true,  AS_THE_WRITE",
        "I H,   true,  AS_THE_WRITE",
        "H,     true,  AS_THE_WRITE"
    })
    void namesDecide(String staged, boolean schemaApply, StagedSchemaFate fate) {
        assertThat(StagedSchemaFate.ofNames(files(staged), schemaApply)).contains(fate);
    }

    @ParameterizedTest
    @CsvSource({"S I H", "I H", "H"})
    void namesDoNotDecideWithoutASidecar(String staged) {
        assertThat(StagedSchemaFate.ofNames(files(staged), false)).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        // live, whole, staged source, staged hash, schema of the tables, fate
        // 3: the source is in force already
        "teams,  false, ,          teams,     teams,     PROMOTE",
        "teams,  false, ,          ,          teams,     PROMOTE",
        "people, false, ,          teams,     people,    AMBIGUOUS",
        // whoever discarded the set died after the first file; the engine gives up
        "people, true,  ,          teams,     people,    DISCARD",
        // 4: staged is what is in force
        "people, true,  people,    people,    people,    DISCARD",
        // the others of the set are not in force yet; the engine breaks the schema
        "teams,  false, teams,     teams,     teams,     PROMOTE",
        // 5: the same tables; the engine gives up also where no data can have changed (H1)
        "people, true,  described, described, people,    DISCARD",
        "people, true,  aged,      aged,      people,    AMBIGUOUS",
        // 6: not published
        "people, true,  teams,     teams,     people,    DISCARD",
        "teams,  true,  people,    people,    teams,     DISCARD",
        // 7: published
        "people, true,  teams,     teams,     teams,     PROMOTE",
        "teams,  true,  people,    people,    people,    PROMOTE",
        // 8: neither
        "people, true,  teams,     teams,     companies, AMBIGUOUS"
    })
    void theSchemasAndTheTablesDecide(
            String live, boolean whole, String source, String hash, String tables, StagedSchemaFate fate)
            throws Exception {
        StagedSchemaFate.Evidence evidence = new StagedSchemaFate.Evidence(
                schema(live),
                whole,
                source == null ? Optional.empty() : Optional.of(schema(source)),
                hash == null ? Optional.empty() : Optional.of(schema(hash).hash()),
                keys(schema(tables)));

        assertThat(StagedSchemaFate.of(evidence)).isEqualTo(fate);
    }

    private static List<String> files(String letters) {
        return letters.isEmpty()
                ? List.of()
                : List.of(letters.split(" ", -1)).stream().map(FILES::get).toList();
    }

    private static SchemaIr schema(String name) throws Exception {
        return CompiledSchema.compile(SCHEMAS.get(name)).ir();
    }

    private static Set<String> keys(SchemaIr schema) {
        return TableDefinition.allOf(schema).stream().map(TableDefinition::key).collect(Collectors.toSet());
    }
}
