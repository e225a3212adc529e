package dev.omnigraph.controlplane.language.schema;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.omnigraph.controlplane.language.LanguageException;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What passes P2 to P7 refuse, where they say it is, and how: the rows of schema-language.md 11.2 and 11.4. */
class SchemaRulesTest {

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            # P2: numbers, types, strings and the arguments of constraints
            node A { age: I32 @range(age) }                 | 20 | @range takes a property and its bounds: @range(property, min..max)
            node A { age: I32 @range(age, foo) }            | 31 | @range takes a property and its bounds: @range(property, min..max)
            node A { age: I32 @range("age", 1..2) }         | 26 | @range names properties here, unquoted
            node A { c: String @check(c) }                  | 21 | @check takes a property and a quoted pattern: @check(property, "pattern")
            node A { c: String @check(c, d) }               | 30 | @check takes a property and a quoted pattern: @check(property, "pattern")
            node A { c: String @check(c, true) }            | 30 | @check takes a property and a quoted pattern: @check(property, "pattern")
            node A { c: String @check(c, "\\d+") }          | 31 | a string knows the escapes \\" \\\\ \\n \\r \\t, found a backslash before 'd'; write \\\\ for a backslash
            node A @description("a\\qb") { a: String }      | 23 | a string knows the escapes \\" \\\\ \\n \\r \\t, found a backslash before 'q'; write \\\\ for a backslash
            node A{a:String} edge E: A -> A @card(2..1)     | 39 | a cardinality goes from the smaller number to the larger, not from 2 to 1
            node A{a:String} edge E: A -> A @card(4294967296..) | 39 | a cardinality counts up to 4294967295, not 4294967296
            node A{a:String} edge E: A -> A @card(0..4294967296) | 42 | a cardinality counts up to 4294967295, not 4294967296
            node A { a: String @key("x") }                  | 25 | @key names properties here, unquoted
            node A { a: String @key(0..5) }                 | 25 | @key names properties here, unquoted
            node A { a: [Blob] }                            | 13 | a list cannot hold blobs
            node A { a: Vector(0) }                         | 20 | a vector has from 1 to 2147483647 dimensions, not 0
            node A { a: Vector(2147483648) }                | 20 | a vector has from 1 to 2147483647 dimensions, not 2147483648
            node A { a: Vector(99999999999999999999) }      | 20 | a vector has from 1 to 2147483647 dimensions, not 99999999999999999999
            node A { a: enum(x, y, x) }                     | 24 | the enum names the value 'x' twice
            # P3: interfaces
            node A implements X {}                          | 19 | node type A implements X, but the schema declares no interface of that name
            interface I { a: String } node A implements I { a: String? } | 49 | property A.a has type String?, but interface I requires String
            interface I { a: enum(y,x) } node A implements I { a: enum(x) } | 52 | property A.a has type enum(x), but interface I requires enum(x, y)
            interface I { a: String } interface J { a: I32 } node A implements I, J {} | 15 | property A.a has type String, but interface J requires I32
            # P4: annotations
            node A @key { a: String }                       | 9  | @key belongs to a property, not to node type A
            node A @embed("a") { a: String }                | 9  | @embed belongs to a property, not to node type A
            node A{a:String} edge E: A -> A @index          | 34 | @index belongs to a property, not to edge type E
            node A @description("  ") { a: String }         | 9  | @description on node type A needs a text that is not blank
            node A @description("\u00a0") { a: String }     | 9  | @description on node type A needs a text that is not blank
            node A @instruction { a: String }               | 9  | @instruction on node type A needs a text that is not blank
            node A @description("a") @description("b") { a: String } | 27 | @description stands twice on node type A
            node A { a: String @description("") }           | 21 | @description on property A.a needs a text that is not blank
            node A { a: String @instruction("x") }          | 21 | @instruction belongs to a node or edge type, not to property A.a
            interface I { a: String @instruction("x") } node A implements I {} | 26 | @instruction belongs to a node or edge type, not to property A.a
            node A{a:String} edge E: A -> A { w: I32 @key } | 43 | @key is for properties of nodes; property E.w belongs to an edge
            node A{a:String} edge E: A -> A { t: String v: Vector(2) @embed(t) } | 59 | @embed is for properties of nodes; property E.v belongs to an edge
            node A { a: [String] @key }                     | 23 | @key cannot stand on property A.a, which is a list
            node A { a: Vector(2) @unique }                 | 24 | @unique cannot stand on property A.a, which is a vector
            node A { a: Blob @index }                       | 19 | @index cannot stand on property A.a, which is a blob
            node A { a: String @key @key }                  | 26 | @key stands twice on property A.a
            node A { t: String v: Vector(2) @embed(t) @embed(t) } | 44 | @embed stands twice on property A.v
            node A { t: String @embed(t) }                  | 21 | @embed fills vectors; property A.t is String
            node A { v: Vector(2) @embed }                  | 24 | @embed on property A.v needs the name of the property that holds the text, as in @embed(title)
            node A { v: Vector(2) @embed(" ") }             | 24 | @embed on property A.v needs the name of the property that holds the text, as in @embed(title)
            node A { v: Vector(2) @embed(zz) }              | 24 | @embed on property A.v takes its text from 'zz', which A does not have
            node A { t: I32 v: Vector(2) @embed(t) }        | 31 | @embed on property A.v takes its text from 't', which is I32 and not a String
            node A { t: [String] v: Vector(2) @embed(t) }   | 36 | @embed on property A.v takes its text from 't', which is [String] and not a String
            node A { t: String v: Vector(2) @embed(t, provider="x") } | 34 | @embed on property A.v has the argument 'provider'; it knows only 'model'
            # P5: constraints
            node A{a:String} edge E: A -> A { w: I32 @key(w) } | 43 | @key is a constraint of nodes; E is an edge type
            node A { a: String @key b: String @key }        | 36 | @key is the second key of node type A; a node has one key
            node A { a: String @key(zz) }                   | 21 | @key names the property 'zz', which A does not have
            node A { a: String? @key }                      | 22 | @key needs a value in every row; A.a is nullable
            node A { a: [String] @key(a) }                  | 23 | @key cannot identify a node by A.a, which is [String]
            node A { a: Vector(2) @key(a) }                 | 24 | @key cannot identify a node by A.a, which is Vector(2)
            node A { a: Blob @key(a) }                      | 19 | @key cannot identify a node by A.a, which is Blob
            node A{a:String @index(src)}                    | 18 | @index names the property 'src', which A does not have
            node A{a:String} edge E: A -> A { @unique(id) } | 36 | @unique names the property 'id', which E does not have
            node A { a: Blob @index(a) }                    | 19 | @index cannot look up A.a, which is a blob
            node A { a: Bool @range(a, 0..1) }              | 19 | @range bounds numbers; A.a is Bool
            node A { a: Vector(2) @range(a, 0..1) }         | 24 | @range bounds numbers; A.a is Vector(2)
            node A{a:String} edge E: A -> A { w: I32 @range(w, 0..1) } | 43 | @range is a constraint of nodes; E is an edge type
            node A { a: I32 @check(a, "x") }                | 18 | @check matches strings; A.a is I32
            # P6: the types of the whole schema
            node A{a:String} edge Ee: A -> A edge EE: A -> A | 39 | edge type EE differs from edge type Ee only in case; queries could not tell them apart
            node A{a:String} edge E: B -> A                 | 26 | edge type E starts at B, but the schema declares no node type of that name
            interface I{a:String} node A{} edge E: A -> I   | 45 | edge type E ends at I, but the schema declares no node type of that name
            # P7: ids
            node A { a: String a: I32 }                     | 20 | property A.a is declared twice
            node A { a: String } node A { a: String }       | 27 | node type A is declared twice
            interface A {} interface A {}                   | 26 | interface A is declared twice
            # beyond the engine's compiler: what no graph could hold
            node A { name: String id: String }              | 23 | every node has a column 'id' already, so no graph can hold A.id; give the property another name
            interface I { id: String } node A implements I {} | 15 | every node has a column 'id' already, so no graph can hold A.id; give the property another name
            node A{} edge E: A -> A { src: String }         | 27 | every edge has a column 'src' already, so no graph can hold E.src; give the property another name
            node A{} edge E: A -> A { dst: I32? }           | 27 | every edge has a column 'dst' already, so no graph can hold E.dst; give the property another name
            """)
    void theFirstThingRefusedIsNamedWithItsPlace(String source, int column, String message) {
        assertThatThrownBy(() -> CompiledSchema.compile(source))
                .isInstanceOf(LanguageException.class)
                .hasMessage("line 1, column " + column + ": " + message);
    }

    /** The first pass that refuses something speaks, wherever in the file its finding stands. */
    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            node A { a: Vector(0) } node B implements X { a: String? @key } node c | 1:70
            node B implements X {} node A { a: Vector(0) } node C { a: String? @key }           | 1:43
            node C { a: String? @key b: String @instruction(x) } node B implements X {}         | 1:72
            node C { a: String? @key } node D { b: String @instruction(x) }                     | 1:48
            node C { a: String? @key } edge E: C -> D                                           | 1:22
            """)
    void passesRunOverTheWholeFile(String source, String position) {
        LanguageException error = catchThrowableOfType(LanguageException.class, () -> CompiledSchema.compile(source));

        assertThat(error.position().map(Object::toString))
                .as(error.getMessage())
                .contains(position);
    }

    @Test
    void duplicatesOfPropertiesAndInterfacesPassValidation() throws LanguageException {
        SchemaCatalog catalog =
                SchemaCatalog.build(SchemaParser.parse("interface I {} interface I {} node A { a: String a: I32 }"));

        assertThat(catalog.node("A")
                        .orElseThrow()
                        .property("a")
                        .orElseThrow()
                        .type()
                        .displayName())
                .isEqualTo("I32");
    }

    @Test
    void whatTheEngineLeavesUncheckedPasses() throws LanguageException {
        SchemaIr.of(SchemaParser.parse("""
                interface Unused { a: String @instruction("x") b: [String] @key }
                node A { a: String? @unique(a, a) v: Vector(2) @unique(v) l: [I32] @index(l) @range(l, 9..5) b: Blob @unique(b)
                         e: enum(x) @check(e, "[") n: [String] @range @check @check(n, "x") }
                edge A: A -> A @card(1) { @index(src, dst) }
                """));
    }

    @Test
    void aBoundBeyondTheLargestDoubleDoesNotCompile() {
        String digits = "9".repeat(400);

        assertThatThrownBy(() -> CompiledSchema.compile("node A { a: F64 @range(a, 0.." + digits + ") }"))
                .hasMessage("line 1, column 18: a bound of @range is beyond the largest double;"
                        + " a graph with it could not be opened again");
    }

    @Test
    void whatNodesTakeOverFromInterfacesIsLimited() {
        int properties = 500;
        int nodes = InterfaceResolver.MAX_INHERITED_PROPERTIES / properties + 1;
        String source = IntStream.range(0, properties)
                        .mapToObj(i -> "p" + i + ": I32")
                        .collect(Collectors.joining(" ", "interface I { ", " }\n"))
                + IntStream.range(0, nodes)
                        .mapToObj(i -> "node N" + i + " implements I {}")
                        .collect(Collectors.joining("\n"));

        assertThatThrownBy(() -> SchemaParser.parse(source))
                .isInstanceOf(LanguageException.class)
                .hasMessageContaining("take over more than 200000 properties from interfaces");
    }
}
