package dev.omnigraph.controlplane.language.schema;

import static org.assertj.core.api.Assertions.assertThat;

import dev.omnigraph.controlplane.language.LanguageException;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CompiledSchemaTest {

    private static final String SOURCE = """
            edge WorksAt: Person -> Company @card(0..2) { until: Date? since: Date? }
            node Person implements Named {
                town: String
                name: String
                face: Vector(3)? @embed(name, model="m")
                @key(town, name)
            }
            node Company { name: String src: String? }
            interface Named { name: String alias: [String]? }
            """;

    @Test
    void tablesHaveFixedColumnsThenPropertiesByName() throws LanguageException {
        List<TableDefinition> tables = CompiledSchema.compile(SOURCE).tables();

        assertThat(tables)
                .extracting(TableDefinition::key)
                .containsExactly("node:Company", "node:Person", "edge:WorksAt");
        assertThat(tables)
                .extracting(TableDefinition::path)
                .containsExactly("nodes/7cb4e55c59663b1c", "nodes/40d76f1f51639ec0", "edges/844eefbe5068b644");
        assertThat(columns(tables.get(0))).containsExactly("id: String", "name: String", "src: String?");
        assertThat(columns(tables.get(1)))
                .containsExactly("id: String", "alias: [String]?", "face: Vector(3)?", "name: String", "town: String");
        assertThat(columns(tables.get(2)))
                .containsExactly("id: String", "src: String", "dst: String", "since: Date?", "until: Date?");
        assertThat(tables)
                .extracting(TableDefinition::kind)
                .containsExactly(TypeKind.NODE, TypeKind.NODE, TypeKind.EDGE);
    }

    @ParameterizedTest
    @CsvSource({
        "'', cbf29ce484222325",
        "a, af63dc4c8601ec8c",
        "A, af63fc4c860222ec",
        "Person, 40d76f1f51639ec0",
        "Company, 7cb4e55c59663b1c",
        "Knows, 602a25a3bd0b455b",
        "WorksAt, 844eefbe5068b644",
        "Document, a311a24c1471a974",
        "Tag, 6ce0cb19e201b153",
        "Human, 94e6e728cc40f9ba",
        "OrderLine, 0e9b3aa34576aa85",
        "Z9_x, dd9c006eac7a6713",
    })
    void pathsAreHashesOfTheName(String name, String hash) {
        assertThat(TableDefinition.path(TypeKind.NODE, name)).isEqualTo("nodes/" + hash);
        assertThat(TableDefinition.path(TypeKind.EDGE, name)).isEqualTo("edges/" + hash);
    }

    @Test
    void theCatalogOfASourceKeepsItsOrder() throws LanguageException {
        SchemaCatalog catalog = SchemaCatalog.build(SchemaParser.parse(SOURCE));

        assertThat(catalog.nodes()).extracting(SchemaCatalog.Node::name).containsExactly("Person", "Company");
        SchemaCatalog.Node person = catalog.node("Person").orElseThrow();
        assertThat(person.properties()).containsOnlyKeys("town", "name", "face", "alias");
        assertThat(person.properties().keySet()).containsExactly("town", "name", "face", "alias");
        assertThat(person.keyColumns()).containsExactly("town", "name");
        assertThat(person.property("face").orElseThrow().embedding())
                .contains(new SchemaCatalog.Embedding("name", Optional.of("m")));
        assertThat(person.property("name").orElseThrow().embedding()).isEmpty();
        assertThat(person.property("id")).isEmpty();
    }

    @Test
    void theCatalogOfACompiledSchemaIsSorted() throws LanguageException {
        SchemaCatalog catalog = CompiledSchema.compile(SOURCE).catalog();

        assertThat(catalog.nodes()).extracting(SchemaCatalog.Node::name).containsExactly("Company", "Person");
        SchemaCatalog.Node person = catalog.node("Person").orElseThrow();
        assertThat(person.properties().keySet()).containsExactly("alias", "face", "name", "town");
        assertThat(person.keyColumns()).containsExactly("name", "town");
        assertThat(person.property("face").orElseThrow().embedding())
                .contains(new SchemaCatalog.Embedding("name", Optional.of("m")));
        assertThat(catalog.interfaceType("Named").orElseThrow().properties()).containsKeys("alias", "name");
    }

    @Test
    void edgesAreFoundInAnyCase() throws LanguageException {
        SchemaCatalog catalog = SchemaCatalog.build(SchemaParser.parse(SOURCE));
        SchemaCatalog.Edge worksAt = catalog.edge("WorksAt").orElseThrow();

        assertThat(worksAt.fromType()).isEqualTo("Person");
        assertThat(worksAt.toType()).isEqualTo("Company");
        assertThat(worksAt.cardinality()).isEqualTo(new Cardinality(0, OptionalLong.of(2)));
        assertThat(catalog.edgeForWord("worksAt")).contains(worksAt);
        assertThat(catalog.edgeForWord("worksat")).contains(worksAt);
        assertThat(catalog.edge("worksAt")).isEmpty();
        assertThat(catalog.edgeForWord("person")).isEmpty();
    }

    private static List<String> columns(TableDefinition table) {
        return table.columns().stream()
                .map(column -> column.name() + ": " + column.type().displayName())
                .toList();
    }
}
