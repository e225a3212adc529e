package dev.omnigraph.controlplane.language.schema.migration;

import static org.assertj.core.api.Assertions.assertThat;

import dev.omnigraph.controlplane.json.JsonText;
import dev.omnigraph.controlplane.language.LanguageException;
import dev.omnigraph.controlplane.language.schema.SchemaIr;
import dev.omnigraph.controlplane.language.schema.SchemaParser;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class MigrationPlannerTest {

    /** The plan vector of graph-format.md A.3. */
    private static final String BEFORE = """
            // base vector
            node Person {
                name: String @key
                age: I32?
            }
            node Company { name: String @key }
            edge Knows: Person -> Person { since: Date? }
            edge WorksAt: Person -> Company
            """;

    private static final String AFTER = """
            node Human @rename_from("Person") {
                full_name: String @key @rename_from("name")
                age: I32? @index
                nick: String?
            }
            node Company { name: String @key  vat: String? @description("d") }
            node Tag { label: String @key }
            edge Knows: Human -> Human { }
            """;

    @Test
    void stepsStandInTheOrderOfTheDesiredSchema() throws LanguageException {
        MigrationPlan plan = plan(BEFORE, AFTER);

        assertThat(plan.supported()).isTrue();
        assertThat(plan.steps())
                .extracting(MigrationStep::describe)
                .containsExactly(
                        "add property vat: String? to node type Company",
                        "rename node type Person to Human",
                        "rename property name of node type Human to full_name",
                        "add property nick: String? to node type Human",
                        "index age of node type Human",
                        "add node type Tag",
                        "drop property since of edge type Knows (soft)",
                        "drop edge type WorksAt (soft)");
    }

    @Test
    void onlyDropsHaveAMode() throws LanguageException {
        MigrationPlan soft = plan(BEFORE, AFTER);
        MigrationPlan hard = soft.withDropMode(DropMode.HARD);

        assertThat(soft.hasDrops()).isTrue();
        assertThat(hard.steps().subList(0, 6)).isEqualTo(soft.steps().subList(0, 6));
        assertThat(hard.steps().subList(6, 8))
                .extracting(step -> JsonText.compact(step.toJson()))
                .containsExactly(
                        "{\"kind\":\"drop_property\",\"type_kind\":\"edge\",\"type_name\":\"Knows\","
                                + "\"property_name\":\"since\",\"mode\":\"hard\"}",
                        "{\"kind\":\"drop_type\",\"type_kind\":\"edge\",\"name\":\"WorksAt\",\"mode\":\"hard\"}");
        assertThat(hard.withDropMode(DropMode.SOFT)).isEqualTo(soft);
        assertThat(plan(BEFORE, BEFORE).hasDrops()).isFalse();
    }

    @Test
    void metadataIsShownAsItIsWritten() throws LanguageException {
        MigrationPlan plan = plan(
                "node P @description(\"d\") { a: String }", "node P { a: String @description(\"the \\\"a\\\"\") }");

        assertThat(plan.steps())
                .extracting(MigrationStep::describe)
                .containsExactly(
                        "set metadata of node type P to none",
                        "set metadata of property a of node type P to @description(\"the \\\"a\\\"\")");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            interface I {}                             | node A {}                                  | interface:I | interfaces cannot be removed; declare I still, unused
            node A {}                                  | node B @rename_from("C") {}                | node:B      | B is to be renamed from 'C', but the accepted schema has no node type of that name; correct it, or leave @rename_from out to add the type
            interface I {} node A {}                   | interface I {} node A implements I {}      | node:A      | which interfaces A implements cannot change
            node A {} node B {} edge E: A -> A         | node A {} node B {} edge E: A -> B         | edge:E      | the ends of E cannot change from A -> A to A -> B; add another edge type
            node A {} edge E: A -> A                   | node A {} edge E: A -> A @card(1..)        | edge:E      | the cardinality of E cannot change
            node A {}                                  | node A { a: I32? @rename_from(b) }         | node:A.a    | A.a is to be renamed from 'b', which the accepted A does not have; correct the name, or leave @rename_from out to add the property
            node A {}                                  | node A { a: I32 }                          | node:A.a    | [OG-MF-103] A.a is required, so rows that exist, if any, would lack it; add it as I32?
            node A { a: I32 }                          | node A { a: I64? }                         | node:A.a    | [OG-MF-106] changing property type is not possible, not even where it widens, and A.a would go from I32 to I64?; add a property of the new type beside it
            node A { a: I32 @index b: I32 @index }     | node A { a: I32 b: I32 }                   | node:A      | constraints cannot be taken away from a type that exists; A would lose index:a, index:b. Keep them, or keep the property they are on
            node A { a: I32 }                          | node A { a: I32 @range(a, -1..5.5) }       | node:A      | only an index can be added to a type that exists, because its rows are not checked; A would get range:a:Some(Integer(-1)):Some(Float(5.5))
            node A {}                                  | node A @x {}                               | node:A      | the annotations of A other than @description and @instruction differ, and those cannot be migrated
            node A { a: I32 }                          | node A { a: I32 @x }                       | node:A.a    | the annotations of A.a other than @description differ, and those cannot be migrated
            """)
    void whatNoMigrationMakesIsRefusedWithAWayOut(String from, String to, String entity, String message)
            throws LanguageException {
        MigrationPlan plan = plan(from, to);

        assertThat(plan.supported()).isFalse();
        MigrationStep.UnsupportedChange first = plan.firstUnsupported().orElseThrow();
        assertThat(first.entity()).isEqualTo(entity);
        assertThat(first.message()).isEqualTo(message);
        assertThat(first.describe()).isEqualTo("cannot change " + entity + ": " + message);
    }

    @Test
    void theFirstFormerNameCounts() throws LanguageException {
        MigrationPlan plan = plan("node A {} node C {}", "node B @rename_from(\"C\") @rename_from(\"A\") {}");

        assertThat(plan.steps())
                .extracting(MigrationStep::describe)
                .containsExactly("rename node type A to B", "drop node type C (soft)");
    }

    private static MigrationPlan plan(String from, String to) throws LanguageException {
        return MigrationPlanner.plan(SchemaIr.of(SchemaParser.parse(from)), SchemaIr.of(SchemaParser.parse(to)));
    }
}
